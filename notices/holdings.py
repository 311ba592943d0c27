"""The messages a person received, for the copy they may take of their data (members.privacy)."""

from members.models import Person
from members.privacy.holdings import Part, register, time

from .models import Message


def _messages(person: Person, user) -> list[list]:
    rows = Message.objects.of(user).order_by("pk") if user else []
    return [[time(m.created_at), m.subject, m.body, time(m.read_at)] for m in rows]


def register_own() -> None:
    register(Part("收到的消息", ("时间", "标题", "内容", "阅读时间"), _messages))
