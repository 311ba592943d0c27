"""From a report to a proposal draft: the app of proposals does not stand below this one, so it is called by a handler.

The layer above registers it (portal.conversions).
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    """Plain values, so that the handler needs nothing of this app. `organization_id`: a body's report."""

    person_id: int
    title: str
    situation: str
    suggestions: tuple[str, ...]
    origin: str
    organization_id: int | None = None


Handler = Callable[[Wanted], str]

_handlers: list[Handler] = []


def register(handler: Handler) -> None:
    """`handler(wanted)` makes the draft in the transaction of the caller and returns how it is called."""
    _handlers[:] = [handler]


def unregister() -> None:
    _handlers.clear()


def is_open() -> bool:
    return bool(_handlers)


def to_proposal(wanted: Wanted) -> str:
    return _handlers[0](wanted)
