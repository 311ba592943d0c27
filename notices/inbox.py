"""A person's inbox: reading, counting, marking."""

from django.utils import timezone

from .models import Message


def messages_of(user, unread_only: bool = False):
    """Newest first."""
    rows = Message.objects.of(user)
    return rows.unread() if unread_only else rows


def unread_count(user) -> int:
    """One query, answered from an index of unread rows only."""
    return Message.objects.of(user).unread().count() if user.is_authenticated else 0


def mark_read(user, pk: int | None = None, up_to: int | None = None) -> int:
    """Mark one message, or all up to the newest one the person has seen; returns how many changed."""
    rows = Message.objects.of(user).unread()
    if pk is not None:
        rows = rows.filter(pk=pk)
    if up_to is not None:
        rows = rows.filter(pk__lte=up_to)
    return rows.update(read_at=timezone.now())
