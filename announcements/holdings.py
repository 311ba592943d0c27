"""What a person was sent, for the copy they may take of their data (members.privacy)."""

from members.models import Person
from members.privacy.holdings import Part, register, time

from .models import Recipient
from .states import State


def _announcements(person: Person, user) -> list[list]:
    sent = Recipient.objects.of(user).filter(announcement__state__in=State.SENT) if user else Recipient.objects.none()
    rows = sent.select_related("announcement__issuer").order_by("pk")
    return [
        [time(r.added_at), r.announcement.issuer.name, r.announcement.title, time(r.read_at), time(r.signed_at)]
        for r in rows
    ]


def register_own() -> None:
    register(Part("收到的通知公告", ("时间", "发布单位", "标题", "阅读时间", "签收时间"), _announcements))
