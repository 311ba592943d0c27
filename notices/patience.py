"""How long to wait for what: tries, pauses between them, and leases on work in hand."""

from datetime import timedelta

from django.conf import settings

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
MAX_TRIES = len(PAUSES) + 1

SMTP_TIMEOUT = 10  # seconds for each answer of the mail server; a mail takes about nine of them
RUN_BUDGET = 60  # seconds after which a run stops taking new work; the next run goes on


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the try with this number failed."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]


def lease() -> timedelta:
    """How long one worker may hold a piece of work before another may take it over.

    Longer than a mail can take by SMTP_TIMEOUT, so that a slow worker is not taken for a dead one.
    """
    return timedelta(seconds=getattr(settings, "NOTICES_LEASE_SECONDS", 120))
