"""Being logged in without logging in: what `force_login` leaves in the session, written in one statement instead of twenty-five.

Nobody listens, and no log-in is noted; tests of that send the form or call `log_in`.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django.utils.crypto import get_random_string

from members.privacy.consent import DUE, has_agreed
from members.sessions import SessionStore

log_in = Client.force_login


def enter(client: Client, user, backend: str | None = None) -> None:
    """Stands in for the client's `force_login`; whoever is in already stays, with what the session holds."""
    mine = {SESSION_KEY: str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash()}
    if settings.SESSION_COOKIE_NAME in client.cookies and mine.items() <= dict(client.session).items():
        return
    kept = {
        **mine,
        BACKEND_SESSION_KEY: backend or client._get_backend(),
        DUE: user.person_id is not None and not has_agreed(user.person),
    }
    key, until = get_random_string(32, VALID_KEY_CHARS), timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.create(session_key=key, session_data=SessionStore().encode(kept), expire_date=until)
    user.backend = kept[BACKEND_SESSION_KEY]
    client.cookies[settings.SESSION_COOKIE_NAME] = key
