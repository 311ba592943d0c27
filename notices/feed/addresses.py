"""Making, finding and revoking the private address. What is secret in it is told once and never kept."""

import hashlib
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from notices.models import CalendarFeed

BYTES = 32


def create(user) -> str:
    """A new secret for the address; an older one ends at once."""
    token = secrets.token_urlsafe(BYTES)
    fresh = {
        "token_hash": _hash(token), "created_at": timezone.now(), "last_fetched_at": None, "content_hash": "",
        "changed_at": None,
    }  # fmt: skip
    try:
        with transaction.atomic():
            CalendarFeed.objects.update_or_create(user=user, defaults=fresh)
    except IntegrityError:  # two presses at once: the later one counts
        CalendarFeed.objects.filter(user=user).update(**fresh)
    return token


def revoke(user) -> bool:
    """Whether there was an address."""
    return CalendarFeed.objects.filter(user=user).delete()[0] > 0


def of(user) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user).first()


def find(token: str) -> CalendarFeed | None:
    """The feed with its user; None for a wrong or revoked secret and for a closed account."""
    rows = CalendarFeed.objects.select_related("user__person").filter(user__is_active=True)
    return rows.filter(token_hash=_hash(token)).first()


def _hash(token: str) -> str:
    """A secret of 256 random bits needs no slow hash: there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()
