"""What a person suggested and said, for the copy they may take of their data (members.privacy)."""

from members.models import Person
from members.privacy.holdings import Part, register, time

from .models import Idea, Opinion, Participant


def _opinions(person: Person, user) -> list[list]:
    rows = Opinion.objects.filter(person=person).select_related("topic").order_by("pk")
    return [[one.topic.title, one.text, one.get_state_display(), time(one.submitted_at)] for one in rows]


def _ideas(person: Person, user) -> list[list]:
    rows = Idea.objects.filter(person=person).order_by("pk")
    return [[one.title, one.because, one.get_state_display(), time(one.entered_at)] for one in rows]


def _invitations(person: Person, user) -> list[list]:
    rows = Participant.objects.filter(person=person).select_related("topic").order_by("pk")
    return [[one.topic.title, time(one.invited_at)] for one in rows]


def register_own() -> None:
    register(Part("协商意见", ("议题", "意见", "状态", "提交时间"), _opinions))
    register(Part("提出的协商议题", ("议题", "理由", "状态", "时间"), _ideas))
    register(Part("受邀参加的协商", ("议题", "邀请时间"), _invitations))
