"""Through which door, and from which address, the current act comes in.

Kept in a context variable so that no rule below the views ever needs a request.
"""

import ipaddress
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import pghistory

PORTAL, API, ADMIN, COMMAND, TASK = "portal", "api", "admin", "command", "task"


@dataclass(frozen=True)
class Door:
    name: str = COMMAND
    ip: str | None = None


_NO_REQUEST = Door()
_current: ContextVar[Door] = ContextVar("door", default=_NO_REQUEST)


def current_door() -> Door:
    return _current.get()


@contextmanager
def through(name: str, ip: str | None = None):
    """Everything inside the block is recorded as coming through this door."""
    token = _current.set(Door(name, ip))
    try:
        yield
    finally:
        _current.reset(token)


def _door_of(path: str) -> str:
    if path.startswith("/api/"):
        return API
    if path.startswith("/admin/"):
        return ADMIN
    return PORTAL


def _address(text: str) -> str | None:
    """The address without a zone, or None for what is none (a socket, a forged header)."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return str(getattr(found, "ipv4_mapped", None) or found)


class DoorMiddleware:
    """Names the door of each request. The address is the peer's; nginx passes the real one on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        ip = _address(request.META.get("REMOTE_ADDR", ""))
        door = _door_of(request.path)
        # The triggers' history of people and rules learns the door and address too.
        pghistory.context(door=door, ip=ip)
        with through(door, ip):
            return self.get_response(request)
