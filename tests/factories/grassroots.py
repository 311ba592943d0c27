"""Three rooms above each other, their people, and a matter's way through them."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.uploads import receive
from grassroots import bringing
from grassroots.acts import Act
from grassroots.kinds import Source
from grassroots.models import Matter, Venue
from members.models import Organization, User
from members.periods import today
from members.posts import keep_posts
from members.succession import Succession
from tests.documents.files import png
from workflow.actors import SYSTEM
from workflow.engine import perform

from . import people
from .county import County

TITLE, TEXT = "村口排水沟堵塞", "村口的排水沟堵了半年，雨天积水，希望疏通。联系电话 13700001234。"
CONTACT = {"contact_name": "田老汉", "contact_phone": "13800005678"}


@dataclass
class Rooms:
    township: Organization
    county: Venue
    town: Venue
    village: Venue
    county_host: User
    town_host: User
    host: User
    secretary: User
    officer: User
    operator: User
    leader: User


def rooms() -> Rooms:
    township = _body("unit", "盆尧镇", system="township")
    county, county_host = _room("县政协委员之家", "home", "county", None, None, "章县集")
    town, town_host = _room("盆尧镇协商议事室", "room", "township", township, county, "郝镇集")
    village, host = _room("于营村协理室", "village", "village", township, town, "于村集")
    return Rooms(
        township, county, town, village, county_host, town_host, host,
        people.holder(village.organization, "staff", "于联络"),
        people.holder(_body("office", "县政协办公室"), "staff", "罗勇军"),
        people.holder(township, "operator", "镇经办"), people.holder(township, "unit_leader", "镇领导"),
    )  # fmt: skip


def _body(kind: str, name: str, **fields) -> Organization:
    """The one there is, else a new one."""
    return Organization.objects.filter(kind=kind, name=name).first() or people.organization(kind, name, **fields)


def _room(name: str, kind: str, level: str, township, upper, host: str) -> tuple[Venue, User]:  # noqa: PLR0913
    body = _body("station", name)
    venue, _new = Venue.objects.get_or_create(
        organization=body,
        defaults={"kind": kind, "level": level, "township": township, "upper": upper, "place": f"{name}一楼"},
    )
    return venue, people.holder(body, "head", host)


def taken(r: Rooms, venue: Venue | None = None, user: User | None = None, source: str = Source.CITIZEN, **data):
    """A matter as it comes in, with the citizen's code."""
    given = {
        "title": TITLE,
        "text": TEXT,
        "place": "于营村村口",
        **(CONTACT if source == Source.CITIZEN else {}),
        **data,
    }
    return bringing.take(venue or r.village, given, f"key-{Matter.objects.count()}-{given['title']}", user, source)


def matter(r: Rooms, to: str = "waiting", **more) -> Matter:
    """A matter that has come to this state, each step by who does it."""
    one = taken(r, **more).matter
    for act, state, actor, data in way(r, one):
        if one.state == to:
            break
        go(one, act, actor, data)
        assert one.state == state
    return Matter.objects.get(pk=one.pk)


def go(one: Matter, act: str, actor, data=None):
    return perform(act, one, actor, data() if callable(data) else data)


def way(r: Rooms, one: Matter):
    """(act, state after it, actor, data); the host does what the room does."""
    host = _host(r, one)
    yield (
        Act.SELECT,
        "selected",
        host,
        {"category": "livelihood", "public_title": "疏通村口排水沟", "public_text": "排水沟堵塞，雨天积水。"},
    )
    yield Act.POST, "posted", host, {}
    Matter.objects.filter(pk=one.pk).update(due_on=today())
    yield Act.END_POSTING, "surveying", host, {}
    yield Act.RECORD_SURVEY, "convening", host, survey()
    yield Act.RECORD_MEETING, "minutes", host, lambda: meeting(r)
    yield Act.SIGN_MINUTES, "agreed", host, {}
    yield Act.ASSIGN, "handling", host, {}
    item = lambda n: one.items.order_by("position")[n].pk  # noqa: E731
    yield Act.REPORT, "handling", r.operator, lambda: report(item(0))
    yield Act.REPORT, "done", host, lambda: report(item(1), "impossible")
    yield Act.ANSWER, "answered", host, {"answer": "排水沟已经疏通；路灯今年没有经费，列入明年计划。"}
    yield Act.RATE, "closed", one.brought_by or SYSTEM, {"verdict": "satisfied", "text": "办得快"}


def _host(r: Rooms, one: Matter) -> User:
    return {r.village.pk: r.host, r.town.pk: r.town_host, r.county.pk: r.county_host}[one.venue_id]


def survey() -> dict:
    return {
        "surveyed_on": today().isoformat(),
        "surveyed_by": "委员和村干部",
        "findings": "淤泥约 200 米，户主李大妈反映积水进院。",
    }


def meeting(r: Rooms, **more) -> dict:
    due = (today() + timedelta(days=30)).isoformat()
    return {
        "held_on": today().isoformat(), "place": "村委会", "host_name": "于村集", "talks": "大家同意先清淤。",
        "members": "1", "citizens": "6", "departments": "0", "people": [r.leader.person_id],
        "text_1": "疏通排水沟", "unit_1": str(r.township.pk), "due_on_1": due,
        "text_2": "安装路灯", "responsible_2": "村委会王主任", "due_on_2": due, "not_agreed": "占地补偿", **more,
    }  # fmt: skip


def report(item: int, progress: str = "done") -> dict:
    return {"item": item, "progress": progress, "text": "已组织人员清淤。"}


def soon() -> str:
    return (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")


def every_act(do, c: County) -> None:
    """Each act of the table once, by `do`."""
    r = rooms()
    keep_posts(value for value in vars(r).values() if isinstance(value, User))
    one = taken(r).matter
    for act, _state, actor, data in way(r, one):
        do(act, one, actor, data() if callable(data) else data)
    do(Act.RELEASE, one, r.host, {})
    do(Act.UNRELEASE, one, r.host, {"reason": "有误"})
    do(Act.ARCHIVE, one, r.host)
    _other_ways(do, c, r)


def _other_ways(do, c: County, r: Rooms) -> None:
    reason = {"reason": "情况有变化"}
    one = taken(r).matter
    do(Act.DECLINE, one, r.host, {"refusal": "petition"})
    do(Act.RECONSIDER, one, r.host, reason)
    do(Act.PASS_UP, one, r.host, reason)
    do(Act.PASS_DOWN, one, r.town_host, {"venue": r.village.pk, **reason})
    do(Act.GO_OFFLINE, one, r.host, reason)
    one = matter(r, "convening")
    do(Act.NOTE, one, r.host, reason)
    do(Act.CALL, one, r.host, {"meeting_at": soon(), "meeting_place": "村委会"})
    one = matter(r, "handling")
    do(Act.URGE, one, r.host, {})
    later = (today() + timedelta(days=60)).isoformat()
    do(Act.EXTEND, one, r.host, {"item": one.items.first().pk, "due_on": later, **reason})
    one = matter(r, "done")
    do(Act.CONSULT_AGAIN, one, r.host, reason)
    do(Act.MOVE_ON, one, r.host, {"way": "proposal", "person": c.author.person_id, "answer": "转为提案"})
    one = matter(r, "answered")
    do(Act.RATE_FOR, one, r.host, {"verdict": "dissatisfied", "text": "没修好", **reason})
    one = matter(r, "answered")
    Matter.objects.filter(pk=one.pk).update(due_on=today() - timedelta(days=1))
    do(Act.CLOSE_UNRATED, one, SYSTEM)
    one = matter(r, "handling")
    photo = receive(SimpleUploadedFile("现场.png", png()), r.operator)
    do(Act.ADD_FILES, one, r.operator, {"file": str(photo.pk)})
    _convert(do, c, r)
    _succeed(do, r)


def _succeed(do, r: Rooms) -> None:
    one = matter(r, "handling")
    merger = Succession(r.village.organization, r.town.organization, today(), "西编〔2026〕1号", "系统管理员")
    do(Act.SUCCEED, one, SYSTEM, {"succession": merger, "room": r.town})


def _convert(do, c: County, r: Rooms) -> None:
    one = matter(r, "done")
    given = {"way": "opinion", "person": c.author.person_id, "answer": "转为社情民意"}
    do(Act.MOVE_ON, one, r.host, given)
    do(Act.CONVERT, one, SYSTEM)
