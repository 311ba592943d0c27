"""What tells one browser from another: a random mark in a signed cookie, with nothing about the person in it.

It is set when somebody logs in and stays when they log out, so that two accounts used in one browser can be known.
An address alone would not do: a whole office shares one. docs/decisions/same-device.md
"""

import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core import signing

from .periods import today

COOKIE, SALT = "browser", "members.browsers"
DAYS = 400  # browsers keep no cookie longer
DAY = "browser_day"  # in the session: the day on which the log-in was last reported

_mark: ContextVar[str] = ContextVar("browser_mark", default="")
_known: ContextVar[bool] = ContextVar("browser_known", default=False)
_listeners: list[Callable] = []


def register(listener: Callable) -> None:
    """`listener(user, mark)` is called once a day for each log-in in a browser that is used."""
    if listener not in _listeners:
        _listeners.append(listener)


def listen() -> None:
    """Called once when the app is ready."""
    user_logged_in.connect(_logged_in, dispatch_uid="members.browsers")


def current() -> str:
    """The mark of the browser from which the present request came; "" when there is none (a command, a test)."""
    return _mark.get()


def is_known() -> bool:
    """Whether the browser brought its mark along; a client that keeps no cookies never does."""
    return _known.get()


def used_by(user) -> None:
    """Tell who listens that this account is used in the present browser."""
    if mark := current():
        for listener in _listeners:
            listener(user, mark)


class Browser:
    """Gives every browser in which somebody logs in its mark, and reports a log-in that goes on another day."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        known = _read(request)
        token, brought = _mark.set(known or secrets.token_hex(16)), _known.set(bool(known))
        try:
            if known and request.user.is_authenticated:
                _go_on(request)
            response = self.get_response(request)
            if not known and request.user.is_authenticated:
                _give(response, current())
        finally:
            _mark.reset(token)
            _known.reset(brought)
        return response


def _read(request) -> str:
    """The mark, or "" when there is none or it was not signed by this portal."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        return ""


def _give(response, mark: str) -> None:
    response.set_cookie(
        COOKIE, signing.dumps(mark, salt=SALT), max_age=DAYS * 86400, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def _go_on(request) -> None:
    """A session that began yesterday is a use of the browser today too."""
    noted = request.session.get(DAY)
    if noted and noted != str(today()):
        request.session[DAY] = str(today())
        used_by(request.user)


def _logged_in(sender, request, user, **kwargs) -> None:
    if request is not None and hasattr(request, "session") and current():
        request.session[DAY] = str(today())
        used_by(user)
