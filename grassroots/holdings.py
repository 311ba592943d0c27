"""What of the matters is held about a person, for the copy they may take of their data (members.privacy)."""

from members.models import Person
from members.privacy.holdings import Part, register, time

from .models import Matter, Participant


def _brought(person: Person, user) -> list[list]:
    rows = Matter.objects.filter(brought_by=user).order_by("pk") if user else Matter.objects.none()
    return [[row.receipt, row.title, row.get_state_display(), time(row.received_at)] for row in rows]


def _meetings(person: Person, user) -> list[list]:
    rows = Participant.objects.filter(person=person).select_related("meeting__matter").order_by("pk")
    return [
        [row.meeting.matter.receipt, str(row.meeting.matter), row.get_kind_display(), row.meeting.held_on.isoformat()]
        for row in rows
    ]


def register_own() -> None:
    register(Part("我提的协商议题", ("编号", "标题", "状态", "时间"), _brought))
    register(Part("我参加的协商会", ("议题编号", "标题", "身份", "日期"), _meetings))
