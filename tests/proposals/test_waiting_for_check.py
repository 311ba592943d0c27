"""A reply signed off in time and checked late: the office's lateness, not the unit's. Days of contacts and meetings."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.db.models import Q
from django.utils import timezone

from deadlines import book as books
from portal.views.home import unit_figures
from proposals import dispatching, unit_desk
from proposals.acts import AssignmentAct as A
from proposals.acts import ProposalAct as P
from proposals.forms.late import LATE, group
from proposals.models import Assignment, Contact
from reports.assessment import population
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    def at(*day, hour=10):
        monkeypatch.setattr(timezone, "now", lambda: datetime(*day, hour, tzinfo=people.SHANGHAI))

    at(2026, 5, 6)
    return at


def signed_off(c, clock, *day) -> Assignment:
    """A reply that was due on 6 August, signed off on that day."""
    clock(2026, 5, 6)
    mine = make.signed(c)
    clock(*day)
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(A.SEND_DRAFT, mine, c.operator)
    perform(A.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    perform(A.SUBMIT_REPLY, mine, c.operator)
    perform(A.SIGN_OFF, mine, c.leader, {})
    return mine


def part(share) -> str:
    rows = population.shares(SimpleNamespace(where=Q()), timezone.localdate())
    return rows.values_list("part_on_time", flat=True).get(pk=share.pk)


def is_late(share) -> bool:
    return Assignment.objects.filter(group(LATE), pk=share.pk).exists()


def line_of(share, user) -> unit_desk.Line:
    rows = unit_desk.in_tab(unit_desk.of_units(user), unit_desk.WAITING).filter(pk=share.pk)
    return unit_desk.lines(rows, books.load())[0]


def test_a_reply_signed_in_time_and_checked_late_is_the_office_s_lateness(c, clock):
    good, bad = signed_off(c, clock, 2026, 8, 6), signed_off(c, clock, 2026, 8, 7)
    clock(2026, 8, 20)
    assert [(is_late(one), part(one)) for one in (good, bad)] == [(False, "waiting"), (True, "missed")]
    on_desk = {one.share.pk: (one.sign.word, one.waiting) for one in (line_of(good, c.leader), line_of(bad, c.leader))}
    assert on_desk == {
        good.pk: ("", "等交办机构复核（本单位已按期审签，不计逾期）"), bad.pk: ("逾期", "等交办机构复核")
    }  # fmt: skip
    assert [one["value"] for one in unit_figures(c.leader) if one["label"] == "逾期"] == [1]
    desk = dispatching.desk(c.dispatch)
    assert [line.sign.colour for line in desk.checks] == ["red", "red"]
    assert {line.share.pk: line.note for line in desk.late} == {
        good.pk: "待复核，单位已按期审签", bad.pk: "待复核"
    }  # fmt: skip
    for share in (good, bad):
        perform(A.CHECK, share, c.dispatch, {})
    assert [(is_late(one), part(one)) for one in (good, bad)] == [(True, "missed"), (True, "missed")]
    clock(2026, 8, 21)
    for share in (good, bad):
        perform(A.SEND, share, c.operator)
    assert [part(one) for one in (good, bad)] == ["met", "missed"]


def test_who_sends_late_what_was_checked_in_time_is_late(c, clock):
    mine = signed_off(c, clock, 2026, 8, 5)
    perform(A.CHECK, mine, c.dispatch, {})
    clock(2026, 8, 20)
    perform(A.SEND, mine, c.operator)
    assert part(mine) == "missed"


def talk(c, share, day: date):
    data = {"stage": "before", "method": "visit", "on": day.isoformat(), "participants": "双方", "content": "听取意见"}
    return perform(A.LOG_CONTACT, share, c.operator, data)


def test_a_contact_belongs_to_its_round(c, clock):
    mine = make.signed(c)
    clock(2026, 6, 1)
    with pytest.raises(Invalid) as refused:
        talk(c, mine, date(2026, 5, 5))
    assert refused.value.errors["on"] == ["日期不能早于交办的 2026年5月6日；那以前的联系不算这次办理的面商。"]
    talk(c, mine, date(2026, 5, 6))
    make.replied(c, mine)
    clock(2026, 6, 3)
    perform(A.RATE, mine, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    clock(2026, 6, 8)
    with pytest.raises(Invalid) as refused:
        talk(c, mine, date(2026, 6, 2))
    assert "不能早于本轮重新办理开始的 2026年6月3日" in refused.value.errors["on"][0]
    talk(c, mine, date(2026, 6, 3))
    assert Contact.objects.filter(assignment=mine, round=2).count() == 1


def test_a_meeting_comes_after_the_rating_that_called_for_it(c, clock):
    """A rating from paper was given between the reply and its entry."""
    mine = make.signed(c)
    bad = make.rating("satisfied", "dissatisfied", "没有解决")
    for day, again in ((1, False), (5, True)):
        clock(2026, 6, day)
        make.replied(c, mine)
        clock(2026, 6, day + 2)
        paper = {**bad, "person": c.author.person_id, "scan": make.scan(c.staff).pk} if again else bad
        perform(A.RATE_BY_PROXY if again else A.RATE, mine, c.staff if again else c.author, paper)
    with pytest.raises(Invalid) as refused:
        perform(P.RECORD_MEETING, mine.proposal, c.staff, {**make.meeting(), "on": "2026-06-04"})
    assert refused.value.errors["on"] == ["会商日期不能早于 2026年6月5日：那一天提案人才评为“不满意”，请核对会商日期。"]
    perform(P.RECORD_MEETING, mine.proposal, c.staff, {**make.meeting(), "on": "2026-06-05"})


def test_a_meeting_about_one_unit_may_be_before_another_s_first_rating(c, clock):
    """What the other unit's reply led to is another round, not the meeting."""
    mine, bad = make.signed(c, division="separate"), make.rating("satisfied", "dissatisfied", "没有解决")
    other = make.share(mine.proposal, c.other_unit)
    perform(A.SIGN_FOR, other, c.other_operator)
    for day, share, people_of in ((1, mine, ()), (3, mine, ()), (7, other, (c.other_operator, c.other_leader))):
        clock(2026, 6, day)
        make.replied(c, share, *people_of)
        clock(2026, 6, day, hour=11)
        perform(A.RATE, share, c.author, bad)
    clock(2026, 6, 8)
    perform(P.RECORD_MEETING, mine.proposal, c.staff, {**make.meeting(), "on": "2026-06-05"})
