"""What every request passes: the caller's address, an id for the logs, the limits of a session."""

import re
import time
import uuid

from django.conf import settings
from django.contrib.auth import logout

from xiping_cppcc.logs import request_id

GIVEN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
STARTED, SEEN = "session_started", "session_seen"
# The session is written at most this often, not on every page.
SEEN_EVERY = 60


class RealAddress:
    """REMOTE_ADDR becomes the caller's own address when trusted proxies stand in front."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.TRUSTED_PROXIES:
            passed_on = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
            address = passed_on[-min(settings.TRUSTED_PROXIES, len(passed_on))].strip()
            request.META["REMOTE_ADDR"] = address or request.META.get("REMOTE_ADDR", "")
        return self.get_response(request)


class RequestId:
    """One id for everything a request logs; taken from nginx when it sends one, and answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        current = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(current)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response.headers["X-Request-ID"] = current
        return response


class SessionLimits:
    """Ends a session that was idle too long, or is too old however busy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self._keep_or_end(request, time.time())
        return self.get_response(request)

    def _keep_or_end(self, request, now: float) -> None:
        session = request.session
        started = session.setdefault(STARTED, now)
        if is_over(session, now):
            logout(request)
        elif now - session.get(SEEN, started) > SEEN_EVERY:
            session[SEEN] = now


def is_over(session, now: float) -> bool:
    """`session`: the session or what was read of it. One that was just begun has no times yet."""
    started = session.get(STARTED, now)
    too_idle = now - session.get(SEEN, started) > settings.SESSION_IDLE.total_seconds()
    return too_idle or now - started > settings.SESSION_LONGEST.total_seconds()
