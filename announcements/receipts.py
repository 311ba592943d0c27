"""Reading and signing for an announcement: once each, with the time."""

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from notices.models import Message
from workflow.errors import NotFound, Refused

from .models import Announcement, Recipient
from .states import State


def mark_read(announcement: Announcement, user) -> None:
    """The first look counts; the messages that lead here are read with it. Nothing for who is no recipient."""
    now = timezone.now()
    if Recipient.objects.of(user).filter(announcement=announcement, read_at=None).update(read_at=now):
        Message.objects.of(user).unread().filter(url=announcement.get_absolute_url()).update(read_at=now)


@transaction.atomic
def sign(announcement: Announcement, user) -> None:
    """Signed for once; a second press changes nothing. Raises NotFound for who is no recipient, Refused when over."""
    mine = Recipient.objects.of(user).filter(announcement=announcement)
    if not mine.exists():
        raise NotFound
    state = Announcement.objects.select_for_update().values_list("state", flat=True).get(pk=announcement.pk)
    if state != State.PUBLISHED:
        raise Refused("这份通知公告已经撤回。", "不用再签收。", code="withdrawn")
    if not announcement.receipt_required:
        raise Refused("这份通知公告不需要签收。", "看过就可以了。", code="no_receipt")
    now = timezone.now()
    mine.filter(signed_at=None).update(signed_at=now, read_at=Coalesce("read_at", now))
