"""撤并 of a unit and of rooms: what is open goes on with whoever stands in their place."""

import pytest

from deadlines import book as books
from grassroots.acts import Act
from grassroots.history import timeline
from grassroots.invariants import findings
from grassroots.models import Matter, Rating, Venue
from grassroots.todo import todo_for
from grassroots.venues import with_holders
from members import succession
from members.models import User
from members.periods import today
from notices import kinds
from notices.delivery import deliver_due
from notices.models import Message
from tests.factories import grassroots as make
from tests.factories import people
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.errors import NotFound
from workflow.querysets import read_case

pytestmark = pytest.mark.django_db
DOCUMENT = "西编〔2026〕3号"


def merge(c, old, new) -> list[tuple[str, int]]:
    handed = succession.succeed(succession.prepare(old, new, today(), DOCUMENT, c.administrator), set())
    assert list(findings()) == []
    return handed


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_the_new_unit_does_what_the_old_one_was_to_do(c, r):
    one, done = make.matter(r, "handling"), make.matter(r, "closed")
    early = make.matter(r, "minutes")
    # What went offline is not this system's to hand over.
    perform(Act.GO_OFFLINE, make.matter(r, "handling", title="涉密的"), r.host, {"reason": "涉密"})
    deliver_due()
    assert merge(c, r.township, c.unit) == [("没有落实完的协商共识要点", 2)]
    mine = one.items.get(unit=c.unit)
    assert (done.items.get(position=1).unit, Matter.objects.get(pk=one.pk).due_on) == (r.township, one.due_on)
    with pytest.raises(NotFound):
        perform(Act.REPORT, Matter.objects.get(pk=one.pk), again(r.operator), make.report(mine.pk))
    deliver_due()
    (told,) = Message.objects.of(c.operator).values_list("subject", flat=True)  # of the one in hand only
    assert told == f"单位撤并，协商议题 {one.receipt} 的共识要点改由您单位落实"
    perform(Act.REPORT, Matter.objects.get(pk=one.pk), c.operator, make.report(mine.pk))
    entries = {e["label"]: e for e in timeline(read_case(Matter, one.pk, c.operator, rows="all"))}
    note = entries["机构撤并，由接续的机构办"]
    assert (note["body"], note["on_behalf_of"]) == (
        f"原机构：盆尧镇\n接续机构：{c.unit}\n文号：{DOCUMENT}", str(c.administrator),
    )  # fmt: skip
    # What stands in minutes that nobody signed is nobody's to know; handed out, it goes to the new unit.
    assert not Matter.objects.visible_to(again(c.operator)).filter(pk=early.pk).exists()
    assert [item.unit for item in early.items.order_by("pk")] == [c.unit, None]
    # The rooms of a township lie in the one it became part of.
    assert set(Venue.objects.exclude(township=None).values_list("township", flat=True)) == {c.unit.pk}


def test_a_further_round_goes_to_the_new_unit(c, r):
    """What was reported stays with the unit that reported it, until the citizen is not satisfied."""
    one = make.matter(r, "answered")
    assert merge(c, r.township, c.unit) == []
    first, second = one.items.order_by("pk")
    perform(Act.RATE, one, SYSTEM, {"verdict": "dissatisfied", "text": "又堵了"})
    perform(Act.ASSIGN, one, r.host, {"items": [first.pk, second.pk], "due_on": today().isoformat()})
    assert [item.unit for item in one.items.order_by("pk")] == [c.unit, None]
    perform(Act.REPORT, one, c.operator, make.report(first.pk))


def test_the_matters_of_a_room_go_to_the_room_in_its_place(c, r):
    """Its lower rooms stand below that one; what has ended stays."""
    other, host = make._room("权寨镇协商议事室", "room", "township", r.township, r.county, "权镇集")
    open_one, closed = make.matter(r, "selected", venue=r.town), make.matter(r, "closed", venue=r.town)
    unsigned = make.matter(r, "minutes", venue=r.town)
    deliver_due()
    assert merge(c, r.town.organization, other.organization) == [("没有办结的协商议题", 2)]
    deliver_due()
    told = Message.objects.of(host).order_by("pk").values_list("subject", "kind")
    assert list(told) == [
        (f"议事室撤并，协商议题 {moved.receipt} 转到您的议事室，请接着办", kinds.ACT) for moved in (open_one, unsigned)
    ]
    # Nobody signs for a room that is no more.
    assert (unsigned.meetings.get().venue, closed.meetings.get().venue) == (other, r.town)
    one = Matter.objects.get(pk=open_one.pk)
    assert (one.venue, one.due_on, [(s.venue, s.how, s.until is None) for s in one.stays.order_by("pk")]) == (
        other, open_one.due_on, [(r.town, "brought", False), (other, "merged", True)],
    )  # fmt: skip
    assert (Matter.objects.get(pk=closed.pk).venue, Venue.objects.get(pk=r.village.pk).upper) == (r.town, other)
    perform(Act.POST, one, host, {})
    assert with_holders([one])[0].holder == "权寨镇协商议事室召集人权镇集"
    # What comes back to the old room is in the hands of whoever stands in its place, and of nobody else.
    Rating.objects.filter(matter=closed).delete()
    perform(Act.RATE, closed, SYSTEM, {"verdict": "dissatisfied", "text": "又堵了"})
    back = Matter.objects.for_acting().get(pk=closed.pk)
    assert with_holders([back])[0].holder == "盆尧镇协商议事室召集人权镇集"
    waits = [[back.receipt in {item.number for item in todo_for(user, books.load())}] for user in (host, r.officer)]
    assert waits == [[True], [False]]
    # And goes on from there when that ends in its turn.
    assert dict(succession.open_matters(other.organization))["没有办结的协商议题"] == 3
    # A county room that is merged into this one leaves nothing above the village that is not higher than it.
    merge(c, r.county.organization, other.organization)
    assert Venue.objects.get(pk=other.pk).upper is None
    assert merge(c, other.organization, last := make._body("station", "联合议事室")) == [("没有办结的协商议题", 3)]
    assert {one.venue.organization for one in Matter.objects.open()} == {last}


def test_a_body_without_a_room_gets_one_like_the_old(c, r, browse):
    """The minutes that the old one signed stay under its name."""
    one, closed = make.taken(r).matter, make.matter(r, "closed")
    below, _host = make._room("于营三组议事点", "mobile", "village", r.township, r.town, "组长集")
    body = make._body("station", "盆尧社区议事室")
    host = people.holder(body, "head", "新镇集")
    perform(Act.PASS_UP, make.matter(r, "convening"), r.host, {"reason": "村里办不了"})
    merge(c, r.town.organization, body)
    room = Venue.objects.get(organization=body)
    (moved,) = room.matters.all()
    assert (room.level, room.township, room.upper, room.place) == ("township", r.township, r.county, r.town.place)
    assert set(room.lower.all()) == {r.village, below}
    perform(Act.SELECT, moved, host, {"category": "livelihood"})
    merge(c, r.village.organization, other := make._body("station", "于营社区协理室"))
    assert (Matter.objects.get(pk=one.pk).venue.organization, closed.meetings.get().venue) == (other, r.village)
    assert str(Venue.objects.get(pk=r.village.pk)) == "于营村协理室"
    page = browse().get(r.village.get_absolute_url()).content.decode()
    assert Venue.objects.get(organization=other).get_absolute_url() in page and "没有办完的议题已转到那里" in page
