"""A person's inbox: reading, counting, marking."""

from collections.abc import Iterable

from django.db.models import Count, Value
from django.utils import timezone

from members.prepared import Prepared

from . import recipients
from .models import Message


def messages_of(user, unread_only: bool = False):
    """Newest first."""
    rows = Message.objects.of(user)
    return rows.unread() if unread_only else rows


def with_places(user, messages: Iterable[Message]) -> list[Message]:
    """Each with the `title` of its case, if the reader still sees it; `is_closed` when it leads nowhere any more.

    The title is asked for at each look and never stored, so it cannot outlive the right to read it.
    """
    messages = list(messages)
    found = recipients.places_for(user, (message.url for message in messages))
    for message in messages:
        message.title = found.get(message.url) or ""
        message.is_closed = message.url in found and found[message.url] is None
    return messages


def unread_count(user) -> int:
    """One query, answered from an index of unread rows only."""
    if not user.is_authenticated:
        return 0
    return sum(count for (count,) in UNREAD_OF.rows(user=user.pk))


# On every page.
UNREAD_OF = Prepared(lambda user: _count(Message.objects.filter(recipient_id=user).unread()), user=-1)


def _count(rows):
    """The number as the only column of the only row."""
    return rows.order_by().annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values_list("count")


def mark_read(user, pk: int | None = None, up_to: int | None = None) -> int:
    """Mark one message, or all up to the newest one the person has seen; returns how many changed."""
    rows = Message.objects.of(user).unread()
    if pk is not None:
        rows = rows.filter(pk=pk)
    if up_to is not None:
        rows = rows.filter(pk__lte=up_to)
    return rows.update(read_at=timezone.now())
