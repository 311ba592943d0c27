"""会办意见 that does not come: the lead unit replies without it, and nobody is asked for it any more."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from members.periods import today
from proposals import by_date, invariants, lateness
from proposals.acts import AssignmentAct as Act
from proposals.acts import ProposalAct
from proposals.audiences import notices_for
from proposals.models import Assignment
from proposals.states import AssignmentState as A
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(c):
    """主办 with two 会办, one of which has given its opinion and one of which has let its date go by."""
    case = make.filed(c)
    others = [c.other_unit.pk, c.third_unit.pk]
    perform(ProposalAct.ASSIGN, case, c.staff, {"division": "lead", "unit": c.unit.pk, "others": others})
    given = make.share(case, c.other_unit)
    perform(Act.SIGN_FOR, given, c.other_operator)
    perform(Act.GIVE_OPINION, given, c.other_operator, {"opinion": "同意安排经费。"})
    perform(Act.SIGN_OFF, given, c.other_leader, {})
    over(late(case, c))
    mine = make.share(case, c.unit)
    perform(Act.SIGN_FOR, mine, c.operator)
    return mine


def late(case, c) -> Assignment:
    return make.share(case, c.third_unit)


def over(share: Assignment) -> None:
    QuerySet(Assignment).filter(pk=share.pk).update(due_on=today() - timedelta(days=1))


def told(who, act: str) -> str:
    """What the event of that act says to this person."""
    notices = notices_for(Event.objects.filter(act=act).latest("pk"))
    return "".join(notice.body for notice in notices if notice.user_id == who.pk)


def standing(case) -> dict[str, str]:
    return {str(row.unit): row.state for row in case.assignments.select_related("unit")}


def test_the_reply_goes_out_and_the_late_opinion_is_over(c, lead, browse):
    case = lead.proposal
    assert late(case, c) in Assignment.objects.filter(lateness.is_late("opinion", today()))
    make.replied(c, lead)
    assert standing(case) == {"县教育局": "replied", "县财政局": "opinion_given", "县水利局": "opinion_missed"}
    assert not Assignment.objects.filter(lateness.is_late_at_all(today())).exists()
    assert "不用再报；本件计为逾期。" in told(c.third_operator, Act.MISS_OPINION)
    assert "县水利局没有在期限内报会办意见" in told(c.dispatch, Act.MISS_OPINION)
    with pytest.raises(Refused):
        perform(Act.SIGN_FOR, late(case, c), c.third_operator)
    desk = browse(c.third_operator).go("/proposals/desk/?tab=sent")
    assert "逾期未报会办意见，主办单位已经答复" in desk.text
    page = browse(c.third_operator).go(case.get_absolute_url())
    assert "逾期未报会办意见" in page.text and page.status == 200
    assert list(invariants.faults()) == []


def test_what_the_leader_had_not_signed_is_over_too_and_a_return_is_taken_back(c, lead):
    case = lead.proposal
    leader = people.holder(c.third_unit, "unit_leader", "田永强")
    share = late(case, c)
    perform(Act.SIGN_FOR, share, c.third_operator)
    perform(Act.GIVE_OPINION, share, c.third_operator, {"opinion": "正在研究。"})
    make.replied(c, lead)
    assert Assignment.objects.get(pk=share.pk).state == A.OPINION_MISSED
    with pytest.raises(Refused):
        perform(Act.SIGN_OFF, share, leader, {})
    assert list(invariants.faults()) == []


def test_a_return_that_nobody_decided_is_taken_back(c, lead):
    share = late(lead.proposal, c)
    perform(Act.REQUEST_RETURN, share, c.third_operator, {"suggested_unit": free(c).pk, "reason": "不属本单位职责"})
    make.replied(c, lead)
    assert Assignment.objects.get(pk=share.pk).state == A.RECALLED
    assert "主办单位已经答复提案人，你单位不再承办" in told(c.third_operator, Act.RECALL)
    assert list(invariants.faults()) == []


def test_whose_only_assistant_asked_to_be_let_off_answers_alone(c):
    mine = make.signed(c, division="lead")
    share = make.share(mine.proposal, c.other_unit)
    perform(Act.REQUEST_RETURN, share, c.other_operator, {"suggested_unit": free(c).pk, "reason": "不属本单位职责"})
    over(share)
    make.replied(c, mine)
    assert (mine.state, Assignment.objects.get(pk=mine.pk).kind) == (A.REPLIED, "sole")
    assert list(invariants.faults()) == []


def test_what_an_old_ledger_gave_no_date_is_not_late(c, lead):
    share = late(lead.proposal, c)
    QuerySet(Assignment).filter(pk=share.pk).update(due_on=None)
    make.replied(c, lead)
    assert Assignment.objects.get(pk=share.pk).state == A.RECALLED


def test_what_stayed_open_after_an_earlier_reply_is_ended_by_date(c, lead):
    make.replied(c, lead)
    left = Assignment.objects.get(state=A.OPINION_MISSED)
    QuerySet(Assignment).filter(pk=left.pk).update(state=A.HANDLING)
    assert (by_date.advance_all(), by_date.advance_all()) == (1, 0)
    assert Assignment.objects.get(pk=left.pk).state == A.OPINION_MISSED


def test_who_took_the_place_of_a_late_unit_has_its_own_time(c, lead):
    share, fourth = late(lead.proposal, c), free(c)
    perform(Act.REQUEST_RETURN, share, c.third_operator, {"suggested_unit": fourth.pk, "reason": "不属本单位职责"})
    make.checked(c, lead)
    perform(Act.APPROVE_RETURN, share, c.dispatch, {"new_unit": fourth.pk})
    with pytest.raises(Refused) as refused:
        perform(Act.SEND, lead, c.operator)
    assert refused.value.sentence == "还在等待会办意见：县住建局。"
    over(make.share(lead.proposal, fourth))
    perform(Act.SEND, lead, c.operator)
    assert list(invariants.faults()) == []


def free(c):
    return people.organization("unit", "县住建局", system="government")
