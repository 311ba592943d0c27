"""Log-ins of single devices: giving a token out, recognising it, ending it."""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from knox.crypto import hash_token
from knox.settings import CONSTANTS, knox_settings

from . import accounts, browsers
from .models import DeviceToken, User
from .models.device import SEEN_EVERY_SECONDS
from .prepared import Prepared

SEEN_EVERY = timedelta(seconds=SEEN_EVERY_SECONDS)


@transaction.atomic
def log_in(user: User, name: str) -> tuple[DeviceToken, str]:
    """A new log-in and its token, which is shown this once. The oldest beyond the limit ends."""
    User.objects.select_for_update().filter(pk=user.pk).values("pk").first()
    mine = DeviceToken.objects.filter(user=user)
    mine.filter(expiry__lte=timezone.now()).delete()
    newest = list(mine.order_by("-created").values_list("pk", flat=True))
    mine.filter(pk__in=newest[knox_settings.TOKEN_LIMIT_PER_USER - 1 :]).delete()
    return DeviceToken.objects.create(user, name=name, password_mark=user.get_session_auth_hash())


def of(user: User) -> list[DeviceToken]:
    """Those that would still be recognised, the newest first."""
    alive = DeviceToken.objects.filter(user=user, expiry__gt=timezone.now())
    return list(alive.filter(password_mark__in=_marks_of(user)))


def recognise(token: str) -> DeviceToken | None:
    """The log-in with this token while it holds: not expired, the account active, the password unchanged."""
    try:
        digest = hash_token(token)
    except ValueError:  # not the hexadecimal text that we give out
        return None
    key = token[: CONSTANTS.TOKEN_KEY_LENGTH]
    found = _read(OF_TOKEN.rows(digest=digest, key=key, now=timezone.now()))
    return found if found and found.user.is_active and found.password_mark in _marks_of(found.user) else None


def _read(rows: list[tuple]) -> DeviceToken | None:
    if not rows:
        return None
    own = accounts.columns(DeviceToken)
    device = DeviceToken.from_db("default", own, rows[0][: len(own)])
    device.user = accounts.made(rows[0][len(own) :])
    return device


def _statement(digest: str, key: str, now: datetime):
    rows = DeviceToken.objects.filter(digest=digest, token_key=key, expiry__gt=now).order_by()
    return rows.values_list(*accounts.columns(DeviceToken), *accounts.account_columns("user__"))


# Every request of the mobile front end begins with it.
OF_TOKEN = Prepared(_statement, digest="-digest", key="-key", now=datetime(1970, 1, 1, tzinfo=UTC))


def _marks_of(user: User) -> set[str]:
    """What the password of today marks a log-in with; also under a secret key that was replaced."""
    return {user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()}


def note_use(device: DeviceToken) -> None:
    """Write when the device was last seen, now and then."""
    now = timezone.now()
    if device.seen_at is None or now - device.seen_at > SEEN_EVERY:
        DeviceToken.objects.filter(pk=device.pk).update(seen_at=now)
        if browsers.is_known():
            browsers.used_by(device.user)


def keep_only(device: DeviceToken | None, user: User) -> None:
    """After a change of the password or a new second factor: this device stays logged in, every other one is out."""
    others = DeviceToken.objects.filter(user=user)
    if device is not None:
        others = others.exclude(pk=device.pk)
        device.password_mark = user.get_session_auth_hash()
        device.save(update_fields=["password_mark"])
    others.delete()
