"""联名: inviting, answering, and what the closing time does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals import by_date, drafting
from proposals.acts import CosignatureAct, ProposalAct
from proposals.kinds import Kind
from proposals.models import Cosignature, Proposal
from proposals.states import CosignatureState, ProposalState
from tests.factories import county as make
from tests.factories import people
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.errors import Invalid, NotFound, Refused, TooLate

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(c):
    """One has agreed, one is still invited."""
    return make.cosigning(c)


def of(proposal, user) -> Cosignature:
    return Cosignature.objects.get(proposal=proposal, person=user.person)


def answers(proposal) -> dict[str, str]:
    return dict(proposal.cosignatures.values_list("person__name", "state"))


def invite(proposal, c, *users, closes: str = ""):
    data = {"persons": [user.person_id for user in users], "closes_at": closes or make.soon()}
    return perform(ProposalAct.INVITE, proposal, c.author, data)


def refusal(act, case, actor, data=None) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, actor, data)
    return refused.value.code


def test_invitations_wait_for_an_answer(c):
    proposal = make.draft(c)
    event = invite(proposal, c, c.cosigner, c.invitee)
    assert proposal.state == ProposalState.COSIGNING
    assert answers(proposal) == {"李素芬": "invited", "郭建业": "invited"}
    assert event.data["invited"] == [c.invitee.person_id, c.cosigner.person_id]


def test_only_members_in_office_who_were_not_asked_can_be_invited(c, proposal):
    former = people.user("前委员")
    for users in ([former], [c.cosigner], [c.author]):
        with pytest.raises(Invalid) as refused:
            invite(proposal, c, *users)
        assert list(refused.value.errors) == ["persons"]


@pytest.mark.parametrize("days", [-1, 61])
def test_the_closing_time_lies_ahead_but_not_far(c, days):
    with pytest.raises(Invalid) as refused:
        invite(make.draft(c), c, c.cosigner, closes=make.soon(days))
    assert list(refused.value.errors) == ["closes_at"]


def test_an_unfinished_text_invites_nobody(c):
    proposal = drafting.create(c.author)
    assert refusal(ProposalAct.INVITE, proposal, c.author, {}) == "incomplete"


def test_a_collective_invites_nobody(c):
    proposal = make.collective_draft(c)
    Proposal._base_manager.filter(pk=proposal.pk).update(organization=c.party)
    with pytest.raises(Refused, match="没有权限|不能"):
        perform(ProposalAct.INVITE, proposal, c.contact, {})


def test_declining_with_a_word(c, proposal):
    mine = of(proposal, c.invitee)
    perform(CosignatureAct.DECLINE, mine, c.invitee, {"reason": "已就此另提"})
    fresh = of(proposal, c.invitee)
    assert (fresh.state, fresh.comment) == (CosignatureState.DECLINED, "已就此另提")
    with pytest.raises(NotFound):
        perform(ProposalAct.WITHDRAW, proposal, c.invitee, {"reason": "x"})


def test_nobody_answers_for_somebody_else(c, proposal):
    with pytest.raises(NotFound):
        perform(CosignatureAct.AGREE, of(proposal, c.invitee), c.cosigner, {})


def test_recalled_and_invited_again(c, proposal):
    mine = of(proposal, c.invitee)
    perform(CosignatureAct.RECALL, mine, c.author)
    with pytest.raises(TooLate):
        perform(CosignatureAct.AGREE, mine, c.invitee, {})
    perform(CosignatureAct.INVITE_AGAIN, mine, c.author)
    perform(CosignatureAct.AGREE, mine, c.invitee, {})
    assert answers(proposal) == {"李素芬": "agreed", "郭建业": "agreed"}


def test_the_text_is_locked_while_it_goes_round(c, proposal):
    with pytest.raises(TooLate):
        drafting.save(proposal, c.author, {"title": "改过的案由"})
    assert refusal(ProposalAct.BACK_TO_DRAFT, proposal, c.author) == "agreed"


def test_before_anybody_agreed_it_can_be_rewritten_and_sent_round_again(c):
    proposal = make.draft(c)
    invite(proposal, c, c.cosigner)
    perform(ProposalAct.BACK_TO_DRAFT, proposal, c.author)
    assert refusal(CosignatureAct.AGREE, of(proposal, c.cosigner), c.cosigner, {}) == "cosigning_over"
    drafting.save(proposal, c.author, {"title": "改过的案由"})
    invite(proposal, c)
    perform(CosignatureAct.AGREE, of(proposal, c.cosigner), c.cosigner, {})
    assert answers(proposal) == {"李素芬": "agreed"}


def test_somebody_must_be_invited_when_nobody_is(c):
    with pytest.raises(Invalid):
        invite(make.draft(c), c)


def test_submitting_ends_it_with_those_who_agreed(c, proposal):
    perform(ProposalAct.SUBMIT, proposal, c.author)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.kind, answers(fresh)) == (Kind.JOINT, {"李素芬": "agreed", "郭建业": "expired"})


def test_alone_it_stays_individual(c):
    proposal = make.draft(c)
    invite(proposal, c, c.invitee)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    assert Proposal.objects.get(pk=proposal.pk).kind == Kind.INDIVIDUAL


def test_the_closing_time_submits_it(c, proposal):
    assert by_date.advance_all() == 0
    with pytest.raises(Refused) as refused:
        perform(ProposalAct.CLOSE_COSIGNING, proposal, SYSTEM)
    assert refused.value.code == "not_yet"
    Proposal.objects.filter(pk=proposal.pk).update(cosigning_closes=timezone.now() - timedelta(seconds=1))
    assert refusal(CosignatureAct.AGREE, of(proposal, c.invitee), c.invitee, {}) == "cosigning_over"
    assert by_date.advance_all() == 1
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.state, fresh.kind, fresh.receipt_number) == (ProposalState.SUBMITTED, Kind.JOINT, "11-4-0001")
    assert by_date.advance_all() == 0


def test_withdrawing_leaves_nobody_waiting(c, proposal):
    perform(ProposalAct.WITHDRAW, proposal, c.author, {"reason": "情况有变"})
    assert answers(proposal) == {"李素芬": "agreed", "郭建业": "expired"}


def test_co_signers_do_not_submit_or_withdraw(c, proposal):
    for act in (ProposalAct.SUBMIT, ProposalAct.WITHDRAW):
        assert refusal(act, proposal, c.cosigner, {"reason": "x"}) == "not_allowed"
