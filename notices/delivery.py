"""From the outbox to the inboxes. Any number of workers may run this at once, and any of them may die.

A row is claimed with a lease in one short transaction; its recipients are resolved outside of any;
messages, what goes out of them and the mark "delivered" are written together. Whoever dies in between leaves a row
whose lease runs out, and the unique key (event, recipient) makes the second run add only what is missing.
"""

import logging
import time

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from . import patience
from .channels import hand_over
from .models import Message, Outbox
from .recipients import Notice, notices_for

logger = logging.getLogger(__name__)

BATCH = 50


def deliver_due() -> int:
    """Deliver every outbox row that is due; returns how many were delivered."""
    delivered = 0
    stop_at = time.monotonic() + patience.RUN_BUDGET
    while time.monotonic() < stop_at:
        rows = _claim()
        if not rows:
            break
        delivered += _deliver(rows)
    return delivered


def _claim() -> list[Outbox]:
    """Take a batch for ourselves. Rows that another worker is just taking are skipped, not waited for."""
    with transaction.atomic():
        due = Outbox.objects.due().order_by("next_try_at", "pk")
        keys = [row.pk for row in due.select_for_update(skip_locked=True)[:BATCH]]
        Outbox.objects.filter(pk__in=keys).update(attempts=F("attempts") + 1, lease_until=Now() + patience.lease())
    return list(Outbox.objects.filter(pk__in=keys).select_related("event").order_by("pk"))


def _deliver(rows: list[Outbox]) -> int:
    """Deliver a claimed batch together; one row whose recipients cannot be found fails alone."""
    resolved: dict[Outbox, list[Notice]] = {}
    for row in rows:
        try:
            resolved[row] = notices_for(row.event)
        except Exception as error:
            logger.exception("Recipients of event %s could not be found.", row.event_id)
            _fail(row, error)
    with transaction.atomic():
        _write_messages(resolved)
        Outbox.objects.filter(pk__in=[row.pk for row in resolved]).update(
            delivered_at=Now(), lease_until=None, last_error=""
        )
    return len(resolved)


def _write_messages(resolved: dict[Outbox, list[Notice]]) -> None:
    wanted = {notice.user_id for notices in resolved.values() for notice in notices}
    users = get_user_model().objects.filter(pk__in=wanted, is_active=True)
    known = set(users.values_list("pk", flat=True))
    Message.objects.bulk_create(
        (_message(row, notice) for row, notices in resolved.items() for notice in notices if notice.user_id in known),
        ignore_conflicts=True,
    )
    hand_over(Message.objects.filter(event_id__in=[row.event_id for row in resolved]))


def _message(row: Outbox, notice: Notice) -> Message:
    return Message(
        event_id=row.event_id,
        recipient_id=notice.user_id,
        subject=subject_line(notice.subject),
        body=notice.body,
        url=notice.url,
        kind=notice.kind,
        urgent=notice.urgent,
        facts={"act": notice.act, "number": notice.number, "due": notice.due},
    )


def subject_line(text: str) -> str:
    """One line: it becomes a mail header."""
    return " ".join(text.split())[:200]


def _fail(row: Outbox, error: Exception) -> None:
    Outbox.objects.filter(pk=row.pk, delivered_at=None).update(
        lease_until=None,
        next_try_at=Now() + patience.pause_after(row.attempts),
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )
