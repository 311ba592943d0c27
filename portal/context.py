"""What every page of the portal needs besides its own matter."""

import time

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.privacy import consent
from portal.display import Display, display_of
from portal.navigation import menu_of

# xiping_cppcc.middleware notes activity at most once a minute, so the server may be that much ahead.
GRAIN = 60


def frame(request: HttpRequest) -> dict:
    """`display`, `menu` (computed when a template shows it), `privacy_due` and `session_seconds`."""
    user = getattr(request, "user", None)
    if user is None:  # an error before the session was read
        return {"display": Display()}
    return {
        "display": display_of(request),
        "menu": SimpleLazyObject(lambda: menu_of(user, request.path)),
        "privacy_due": user.is_authenticated and request.session.get(consent.DUE, False),
        "session_seconds": session_seconds(request) if user.is_authenticated else 0,
    }


def session_seconds(request: HttpRequest) -> int:
    """How long this session lasts if the person does nothing more."""
    started = request.session.get("session_started", time.time())
    longest = started + settings.SESSION_LONGEST.total_seconds() - time.time()
    return max(0, int(min(settings.SESSION_IDLE.total_seconds() - GRAIN, longest)))
