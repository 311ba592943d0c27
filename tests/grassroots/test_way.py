"""A matter's way: from the room to its end, and by every other turning."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from grassroots import onward
from grassroots.acts import Act
from grassroots.by_date import close_unrated, forget_contacts
from grassroots.history import events_of
from grassroots.kinds import Onward
from grassroots.models import Matter, Meeting, Onwarding, Participant, Rating, Release, Stay
from grassroots.recomputing import recompute
from grassroots.states import State
from grassroots.tasks import tend_matters
from members.periods import today
from tests.factories import grassroots as make
from workflow.actors import SYSTEM
from workflow.chain import faults
from workflow.engine import perform
from workflow.errors import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db


def do(act, one, actor, data=None) -> None:
    perform(act, one, actor, data)
    one.refresh_from_db()


def refusal(act, one, actor, data=None) -> Refused:
    with pytest.raises(Refused) as refused:
        perform(act, one, actor, data or {})
    return refused.value


def test_from_the_room_to_its_rating(c, r):
    one = make.matter(r, "closed")
    meeting = Meeting.objects.get()
    assert (one.state, one.round, one.closed_on, one.due_on, one.step) == (State.CLOSED, 1, today(), None, "")
    assert [(i.position, i.who, i.progress) for i in one.items.order_by("pk")] == [
        (1, "盆尧镇", "done"), (2, "村委会王主任", "impossible"),
    ]  # fmt: skip
    # Whoever is named is counted: a leader of the township is of the departments.
    assert (meeting.counts, meeting.people) == ([("委员", 1), ("部门", 1), ("群众", 6)], 8)
    assert [(p.person, p.kind) for p in Participant.objects.all()] == [(r.leader.person, "department")]
    assert list(Rating.objects.values_list("round", "verdict", "way")) == [(1, "satisfied", "code")]
    assert list(one.stays.values_list("venue", "until")) == [(r.village.pk, None)]
    events = events_of(one)
    assert list(faults(events, one.events_count, one.events_head)) == []
    rated = next(event for event in events if event.act == Act.RATE)
    assert (rated.actor, rated.on_behalf_of, rated.to_state) == (None, "提出议题的群众", "closed")
    do(Act.ARCHIVE, one, r.secretary)
    assert refusal(Act.ARCHIVE, one, r.secretary).code == "too_late"


def test_not_satisfied_is_handled_again(c, r):
    one = make.matter(r, "answered")
    bad = {"verdict": "dissatisfied", "text": "又堵了"}
    do(Act.RATE, one, SYSTEM, bad)
    assert (one.state, one.round, one.closed_on, one.step) == (State.AGREED, 2, None, "matter_rehandle")
    assert one.due_on > today()
    later = (today() + timedelta(days=20)).isoformat()
    first = one.items.order_by("pk")[0]
    assert refusal(Act.ASSIGN, one, r.host, {}).errors.keys() == {"items", "due_on"}
    do(Act.ASSIGN, one, r.host, {"items": [first.pk], "due_on": later})
    assert (one.state, one.due_on.isoformat(), one.items.running().get().pk) == (State.HANDLING, later, first.pk)
    do(Act.REPORT, one, r.operator, make.report(first.pk))
    do(Act.ANSWER, one, r.secretary, {"answer": "又疏通了一次。"})
    do(Act.RATE_FOR, one, r.secretary, {"verdict": "fair", "reason": "电话回访"})
    assert (one.state, list(one.ratings.values_list("round", "verdict", "way"))) == (
        State.CLOSED, [(1, "dissatisfied", "code"), (2, "fair", "proxy")],
    )  # fmt: skip


def test_nothing_agreed_is_told_and_may_be_talked_over_again(c, r):
    one = make.matter(r, "convening")
    nothing = {"text_1": "", "unit_1": "", "due_on_1": "", "text_2": "", "responsible_2": "", "due_on_2": ""}
    assert "text_1" in refusal(Act.RECORD_MEETING, one, r.host, make.meeting(r, **nothing, not_agreed="")).errors
    do(Act.RECORD_MEETING, one, r.secretary, make.meeting(r, **nothing))
    assert isinstance(refusal(Act.SIGN_MINUTES, one, r.secretary), NotAllowed)
    do(Act.SIGN_MINUTES, one, r.host)
    assert (one.state, one.items.count()) == (State.DONE, 0)
    do(Act.CONSULT_AGAIN, one, r.host, {"reason": "再谈一次"})
    do(Act.RECORD_MEETING, one, r.host, make.meeting(r))
    # A record not signed yet is written anew in its own row.
    do(Act.RECORD_MEETING, one, r.host, make.meeting(r, citizens="9"))
    assert [(m.citizens, m.items.count()) for m in one.meetings.order_by("pk")] == [(6, 0), (9, 2)]
    do(Act.SIGN_MINUTES, one, r.host)
    assert one.state == State.AGREED


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"due_on_1": ""}, "due_on_1"), ({"unit_1": ""}, "unit_1"), ({"text_1": ""}, "text_1"),
        ({"due_on_1": "2020-01-01"}, "due_on_1"), ({"held_on": "2090-01-01"}, "held_on"), ({"unit_1": "99999999"}, "unit_1"),
        ({"members": "-1"}, "members"), ({"people": ["x"]}, "people"), ({"talks": ""}, "talks"),
        ({"members": "0", "citizens": "0", "people": []}, "members"),
    ],
)  # fmt: skip
def test_a_wrong_record_is_told_at_its_field(c, r, changed, field):
    one = make.matter(r, "convening")
    assert field in refusal(Act.RECORD_MEETING, one, r.host, make.meeting(r, **changed)).errors
    assert Meeting.objects.count() == 0


def test_posting_lasts_its_days_and_the_public_reads_a_masked_text(c, r):
    one = make.matter(r, "selected")
    do(Act.POST, one, r.host, {})
    refused = refusal(Act.END_POSTING, one, r.secretary)
    assert (refused.code, f"{one.due_on:%Y-%m-%d}" in refused.next_step) == ("posting", True)
    assert (Release.objects.get().title, Release.objects.get().items) == ("疏通村口排水沟", [])
    do(Act.RELEASE, one, r.host, {"also": "排水沟"})
    assert list(Release.objects.order_by("pk").values_list("title", "withdrawn_because")) == [
        ("疏通村口排水沟", "公开新的内容"), ("疏通村口×××", ""),
    ]  # fmt: skip
    assert "also" in refusal(Act.RELEASE, one, r.host, {"also": "没有这个词"}).errors
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(withdrawn_at=None)


def test_up_and_down_it_is_open_in_exactly_one_room(c, r):
    one = make.matter(r, "agreed")
    reason = {"reason": "超出本村能力"}
    do(Act.PASS_UP, one, r.host, reason)
    assert (one.state, one.venue, one.step) == (State.WAITING, r.town, "matter_select")
    assert one.items.running().count() == 0  # what the village agreed is not done by it any more
    do(Act.PASS_UP, one, r.town_host, reason)
    assert refusal(Act.PASS_UP, one, r.county_host, reason).code == "no_upper"
    assert "venue" in refusal(Act.PASS_DOWN, one, r.county_host, {"venue": r.county.pk, **reason}).errors
    do(Act.PASS_DOWN, one, r.county_host, {"venue": r.village.pk, **reason})
    assert refusal(Act.PASS_DOWN, one, r.host, {"venue": r.town.pk, **reason}).code == "no_lower"
    assert [(stay.venue, stay.how, stay.until is None) for stay in one.stays.order_by("pk")] == [
        (r.village, "brought", False), (r.town, "up", False), (r.county, "up", False), (r.village, "down", True),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(matter=one, venue=r.town, how="up")
    # A host who handed it on reads it and does nothing with it.
    assert isinstance(refusal(Act.SELECT, one, r.town_host, {"category": "livelihood"}), NotAllowed)


def test_who_is_not_concerned_hears_that_there_is_nothing(c, r):
    one = make.matter(r, "agreed")
    for user in (c.author, c.operator, r.operator, c.reviewer):
        assert isinstance(refusal(Act.REPORT, one, user), NotFound)
    do(Act.ASSIGN, one, r.host, {})
    own, others = one.items.order_by("pk")
    assert "item" in refusal(Act.REPORT, one, r.operator, make.report(others.pk)).errors  # another's
    do(Act.REPORT, one, r.operator, make.report(own.pk, "running"))
    assert (one.state, own.notes.count()) == (State.HANDLING, 1)
    assert isinstance(refusal(Act.REPORT, one, c.operator, make.report(own.pk)), NotFound)


def test_declined_with_advice(c, r):
    one = make.taken(r).matter
    assert "refusal" in refusal(Act.DECLINE, one, r.host).errors
    do(Act.DECLINE, one, r.host, {"refusal": "petition"})
    assert (one.state, "信访局" in Matter.objects.get().answer) == (State.DECLINED, True)


class Opinions:
    """Stands for the app that makes drafts."""

    def __init__(self):
        self.handed, self.fails = [], False

    def convert(self, handed: onward.Handed) -> str:
        if self.fails:
            raise RuntimeError("away")
        self.handed.append(handed)
        return "社情民意草稿 1"


def test_onward_as_a_members_draft(c, r, monkeypatch):
    monkeypatch.setattr(onward, "_handlers", {})
    given = {"way": "opinion", "person": c.author.person_id, "suggestions": "清淤\n\n装灯", "answer": "转给委员。"}
    one = make.matter(r, "done")
    do(Act.MOVE_ON, one, r.host, given)
    assert (one.state, onward.convert_waiting()) == (State.MOVED, 0)  # nobody takes it yet: it waits
    handler = Opinions()
    onward.register(Onward.OPINION, handler)
    handler.fails = True
    assert onward.convert_waiting() == 0
    handler.fails = False
    assert (tend_matters(), tend_matters()) == (1, 0)
    handed = handler.handed[0]
    assert (handed.person_id, handed.title, handed.suggestions) == (
        c.author.person_id,
        "疏通村口排水沟",
        ("清淤", "装灯"),
    )
    assert (handed.number, handed.origin) == (one.receipt, f"于营村协理室协商议题 {one.receipt}")
    assert (Onwarding.objects.get().called, Onwarding.objects.get().converted_at is None) == ("社情民意草稿 1", False)


def test_by_date(c, r, settings):
    """No rating in time is never 满意; names and numbers go after their days."""
    one = make.matter(r, "answered")
    assert (close_unrated(), refusal(Act.CLOSE_UNRATED, one, SYSTEM).code) == (0, "not_due")
    Matter.objects.update(due_on=today() - timedelta(days=1))
    assert (close_unrated(), close_unrated()) == (1, 0)
    one.refresh_from_db()
    assert (one.state, one.ratings.count(), one.contact_phone) == (State.CLOSED, 0, "13800005678")
    Matter.objects.update(closed_on=today() - timedelta(days=settings.CITIZEN_CONTACT_DAYS - 1))
    assert forget_contacts() == 0
    Matter.objects.update(closed_on=today() - timedelta(days=settings.CITIZEN_CONTACT_DAYS))
    assert (forget_contacts(), forget_contacts()) == (1, 0)
    one.refresh_from_db()
    assert (one.contact_name, one.contact_phone, one.contact_deleted_at is None) == ("", "", False)


def test_what_goes_offline_leaves_no_word(c, r):
    one = make.matter(r, "done")
    do(Act.RELEASE, one, r.host, {})
    do(Act.GO_OFFLINE, one, r.host, {"reason": "涉密"})
    kept = Matter.objects.get().__dict__ | Meeting.objects.get().__dict__
    texts = [
        *map(str, kept.values()),
        *one.items.values_list("text", flat=True),
        *one.items.values_list("notes__text", flat=True),
    ]
    words = ("排水沟", "积水", "清淤", "路灯", "田老汉", "13800005678", "李大妈")
    assert [word for word in words if any(word in text for text in texts if text)] == []
    assert (Release.objects.count(), one.state) == (0, State.OFFLINE)
    assert all(event.data == {} for event in events_of(one)[:-1])


def test_dates_are_computed_anew(c, r):
    from deadlines.models import DueRule

    one = make.taken(r).matter
    before = one.due_on
    assert recompute() == []
    DueRule.objects.filter(step="matter_select").update(amount=7)
    moved = recompute()
    one.refresh_from_db()
    assert [(change.old, change.new) for change in moved] == [(before, one.due_on)]
    assert one.due_on > before


def test_a_room_without_a_host_takes_nothing_and_the_house_stands_in(c, r):
    one = make.taken(r).matter
    r.host.person.appointments.update(ends=today() - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        make.taken(r, title="另一件")
    assert refused.value.code == "venue_closed"
    do(Act.SELECT, one, r.officer, {"category": "livelihood"})
    assert one.state == State.SELECTED
    assert isinstance(refusal(Act.RATE, one, r.officer), NotAllowed)
