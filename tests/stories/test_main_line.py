"""提、立、办、督、评: a proposal's whole way, through the engine."""

import pytest
from django.utils import timezone

from proposals import drafting
from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.models import Assignment, Proposal
from proposals.states import AssignmentState, ProposalState
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def c():
    return make.county()


def state(case) -> str:
    return type(case).objects.get(pk=case.pk).state


def test_sole_from_draft_to_closed(c):
    mine = make.signed(c)
    make.replied(c, mine)
    assert state(mine.proposal) == ProposalState.REPLIED
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    assert state(mine.proposal) == ProposalState.CLOSED
    acts = Event.objects.filter(case_process="proposal", case_id=mine.proposal_id)
    assert list(acts.order_by("sequence").values_list("act", flat=True)) == [
        "create", "submit", "pre_review", "file", "number", "assign", "sign_for", "log_contact",
        "send_draft", "comment_on_draft", "submit_reply", "sign_off", "check", "send",
        "all_replied", "rate", "close",
    ]  # fmt: skip


def test_joint_takes_those_who_agreed(c):
    proposal = make.draft(c)
    closes = "2099-01-01T12:00"
    with pytest.raises(Refused):
        perform(ProposalAct.INVITE, proposal, c.author, {"persons": [c.cosigner.person_id], "closes_at": closes})
    from datetime import timedelta

    from django.utils import timezone

    soon = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    people = [c.cosigner.person_id, c.invitee.person_id]
    perform(ProposalAct.INVITE, proposal, c.author, {"persons": people, "closes_at": soon})
    mine = proposal.cosignatures.get(person=c.cosigner.person)
    perform(CosignatureAct.AGREE, mine, c.cosigner, {})
    perform(ProposalAct.SUBMIT, proposal, c.author)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.kind, fresh.state) == ("joint", ProposalState.SUBMITTED)
    assert sorted(fresh.cosignatures.values_list("state", flat=True)) == ["agreed", "expired"]


def test_lead_waits_for_assistants(c):
    mine = make.signed(c, division="lead")
    assist = make.share(mine.proposal, c.other_unit)
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(AssignmentAct.SEND_DRAFT, mine, c.operator)
    perform(AssignmentAct.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    with pytest.raises(Refused) as refused:
        perform(AssignmentAct.SUBMIT_REPLY, mine, c.operator)
    assert refused.value.code == "waiting_opinions"
    perform(AssignmentAct.SIGN_FOR, assist, c.other_operator)
    perform(AssignmentAct.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意安排经费。"})
    perform(AssignmentAct.SIGN_OFF, assist, c.other_leader, {})
    assert state(assist) == AssignmentState.OPINION_GIVEN
    perform(AssignmentAct.SUBMIT_REPLY, mine, c.operator)
    perform(AssignmentAct.SIGN_OFF, mine, c.leader, {})
    perform(AssignmentAct.CHECK, mine, c.dispatch, {})
    perform(AssignmentAct.SEND, mine, c.operator)
    assert state(mine.proposal) == ProposalState.REPLIED


def test_separate_waits_for_both_and_closes_with_the_last_rating(c):
    one = make.signed(c, division="separate")
    two = make.share(one.proposal, c.other_unit)
    make.replied(c, one)
    assert state(one.proposal) == ProposalState.HANDLING
    perform(AssignmentAct.RATE, one, c.author, make.rating())
    perform(AssignmentAct.SIGN_FOR, two, c.other_operator)
    make.replied(c, two, c.other_operator, c.other_leader, "C")
    assert state(one.proposal) == ProposalState.REPLIED
    perform(AssignmentAct.RATE, two, c.author, make.rating("basically", "basically"))
    assert state(one.proposal) == ProposalState.CLOSED


def test_dissatisfied_twice_ends_at_one_table(c):
    mine = make.signed(c)
    make.replied(c, mine)
    perform(AssignmentAct.RATE, mine, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    fresh = Assignment.objects.get(pk=mine.pk)
    assert (fresh.state, fresh.round, state(fresh.proposal)) == ("handling", 2, "handling")
    make.replied(c, mine)
    perform(AssignmentAct.RATE, mine, c.author, make.rating("satisfied", "dissatisfied", "仍未解决"))
    assert state(mine.proposal) == ProposalState.TRIPARTITE
    meeting = {
        "on": timezone.localdate().isoformat(), "place": "县政协三楼会议室", "participants": "三方人员",
        "findings": "逐项商定。", "outcome": "agreed",
    }  # fmt: skip
    perform(ProposalAct.RECORD_MEETING, mine.proposal, c.staff, meeting)
    assert state(mine.proposal) == ProposalState.CLOSED


def test_return_goes_to_the_next_unit(c):
    proposal = make.assigned(c)
    mine = make.share(proposal, c.unit)
    data = {"reason": "不属本单位职责", "suggested_unit": c.third_unit.pk}
    perform(AssignmentAct.REQUEST_RETURN, mine, c.operator, data)
    perform(AssignmentAct.APPROVE_RETURN, mine, c.dispatch, {"new_unit": c.third_unit.pk})
    assert state(mine) == AssignmentState.RECALLED
    assert make.share(proposal, c.third_unit).first_assigned_at == mine.first_assigned_at
    with pytest.raises(NotFound):
        perform(AssignmentAct.SIGN_FOR, mine, c.operator)


def test_merged_author_follows_the_main_case(c):
    main = make.filed(c)
    other = make.reviewed(c, title="关于校门口停车的提案")
    perform(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"})
    assert Proposal.objects.get(pk=other.pk).merged_into_id == main.pk
    with pytest.raises(Refused):
        perform(ProposalAct.UNDO_DECISION, main, c.head, {"reason": "试"})
    perform(ProposalAct.UNDO_DECISION, other, c.head, {"reason": "应单独立案"})
    assert state(other) == ProposalState.REVIEWED


def test_strangers_see_nothing_and_staff_never_see_drafts(c):
    proposal = make.draft(c)
    for stranger in (c.staff, c.head, c.operator, c.other_member, c.dispatch):
        with pytest.raises(NotFound):
            perform(ProposalAct.SUBMIT, proposal, stranger)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    with pytest.raises(NotAllowed):
        perform(ProposalAct.WITHDRAW, proposal, c.staff, {"reason": "试"})
    assert drafting.editable(c.author).count() == 0
