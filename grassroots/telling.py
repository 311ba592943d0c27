"""Who is told of an act on a matter, and in which words: the act and the number, never a title or a text."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.urls import Resolver404, resolve

from members.models import Appointment, Post
from members.periods import today
from notices import kinds
from notices.recipients import Notice
from workflow.models import Event
from workflow.transition import process_named

from .acts import Act
from .models import Matter, Participant
from .states import State
from .venues import KEEPER_POSTS

UNIT_POSTS = (Post.OPERATOR, Post.UNIT_LEADER)


def keepers(matter: Matter, event: Event):
    return _holders([matter.venue.organization_id], KEEPER_POSTS)


def units(matter: Matter, event: Event):
    return _holders(matter.items.running().filter(unit__isnull=False).values("unit_id"), UNIT_POSTS)


def heirs(matter: Matter, event: Event):
    """The unit that goes on with what another was to do. Before 交办 it is told nothing: units see no matter then."""
    if matter.state != State.HANDLING:
        return _users().none()
    taken = matter.items.running().filter(unit=event.data["body"])
    return _holders(taken.values("unit_id"), UNIT_POSTS)


def new_room(matter: Matter, event: Event):
    """The room into which the matter came when its own was merged."""
    return keepers(matter, event) if event.data.get("room") else _users().none()


def participants(matter: Matter, event: Event):
    people = Participant.objects.filter(meeting__matter=matter).order_by().values("person_id")
    return _users().filter(person__in=people)


def bringer(matter: Matter, event: Event):
    return _users().filter(pk=matter.brought_by_id)


def taker(matter: Matter, event: Event):
    return _users().filter(person=matter.onward.person_id)


# The audiences named in the table. `to_rate` is the bringer, who has something to do.
AUDIENCES = {
    "keepers": keepers, "units": units, "participants": participants, "bringer": bringer, "to_rate": bringer,
    "taker": taker, "heirs": heirs, "new_room": new_room,
}  # fmt: skip
# Whose the next step is after an act: they are told of work, the others of news.
WORK = {
    Act.BRING: "keepers", Act.ASSIGN: "units", Act.URGE: "units", Act.ANSWER: "to_rate", Act.PASS_UP: "keepers",
    Act.PASS_DOWN: "keepers", Act.REPORT: "keepers", Act.RATE: "keepers", Act.MOVE_ON: "taker", Act.CONVERT: "taker",
}  # fmt: skip
GO_ON = ("heirs", "new_room")  # who takes something over has work by that
SENTENCES = {
    (Act.BRING, "keepers"): "收到新的协商议题 {number}，请初选",
    (Act.ASSIGN, "units"): "协商议题 {number} 的共识要点交您单位落实",
    (Act.URGE, "units"): "请抓紧落实协商议题 {number} 的共识要点",
    (Act.EXTEND, "units"): "协商议题 {number} 的完成期限有调整",
    (Act.ANSWER, "to_rate"): "协商议题 {number} 已有结果，请您评价",
    (Act.REPORT, "keepers"): "协商议题 {number} 有新的落实进展",
    (Act.RATE, "keepers"): "协商议题 {number} 的提出人作了评价",
    (Act.PASS_UP, "keepers"): "下级议事室提交了协商议题 {number}，请初选",
    (Act.PASS_DOWN, "keepers"): "上级议事室转来协商议题 {number}，请初选",
    (Act.MOVE_ON, "taker"): "协商议题 {number} 请您继续推动",
    (Act.SUCCEED, "heirs"): "单位撤并，协商议题 {number} 的共识要点改由您单位落实",
    (Act.SUCCEED, "new_room"): "议事室撤并，协商议题 {number} 转到您的议事室，请接着办",
    (Act.CONVERT, "taker"): "已根据协商议题 {number} 为您起草，请修改后提交",
}


def notices_for(event: Event) -> list[Notice]:
    """One notice for each active account meant by the row's audiences, the actor left out."""
    matter = Matter.objects.for_acting().filter(pk=event.object_id).first()
    names = [name for row in process_named(event.process).rows_of(event.act) for name in row.notify]
    if matter is None:
        return []
    found: list[Notice] = []
    for name in dict.fromkeys(names):
        rows = AUDIENCES[name](matter, event).exclude(pk=event.actor_id).order_by("pk")
        found += [_notice(pk, name, matter, event) for pk in rows.values_list("pk", flat=True)]
    return found


def _notice(user_id: int, name: str, matter: Matter, event: Event) -> Notice:
    words = SENTENCES.get((event.act, name), "协商议题 {number}：{label}").format(
        number=matter.receipt, label=event.label
    )
    kind = kinds.ACT if name in GO_ON or WORK.get(event.act) == name else kinds.INFO
    return Notice(
        user_id, words, "", matter.get_absolute_url(), kind, act=event.label, number=matter.receipt,
        due=f"{matter.due_on:%Y-%m-%d}" if matter.due_on else "",
    )  # fmt: skip


def _users():
    return get_user_model().objects.filter(is_active=True)


def _holders(bodies, posts: Iterable[str]):
    held = Appointment.objects.on(today()).in_place_of(bodies).filter(post__in=posts)
    return _users().filter(person__in=held.order_by().values("person_id"))


def titles(user, urls: Iterable[str]) -> dict[str, str | None]:
    """Address → title of the matter there, None where the user does not see it; other pages are left out."""
    keys = {url: pk for url in urls if (pk := _key(url))}
    if not keys:
        return {}
    found = {row.pk: str(row) for row in Matter.objects.visible_to(user).filter(pk__in=keys.values())}
    return {url: found.get(pk) for url, pk in keys.items()}


def _key(url: str) -> int | None:
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    return match.kwargs["pk"] if match.view_name == "grassroots:detail" else None
