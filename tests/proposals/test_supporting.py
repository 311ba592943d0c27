"""附议: members join a proposal under review where the committee and the proposer allow it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from members.models import Member, Session
from proposals import drafting
from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.forms.filters import ProposalFilter
from proposals.invariants import faults
from proposals.kinds import Kind
from proposals.models import Cosignature, Proposal
from proposals.states import CosignatureState, ProposalState
from proposals.statistics import session_report
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db


def allow(**more) -> None:
    Session.objects.update(allows_support=True, **more)


@pytest.fixture
def proposal(c):
    """Under review and open to 附议."""
    allow()
    case = make.draft(c)
    drafting.save(case, c.author, {"accepts_support": True})
    perform(ProposalAct.SUBMIT, case, c.author)
    return case


def seen(proposal, user) -> bool:
    return Proposal.objects.visible_to(user).filter(pk=proposal.pk).exists()


def kind(proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).kind


def signed(proposal) -> list[tuple]:
    return list(proposal.cosignatures.values_list("person__name", "state", "is_support"))


def test_a_supporter_is_a_co_signer(c, proposal):
    perform(ProposalAct.SUPPORT, proposal, c.other_member)
    assert (kind(proposal), signed(proposal)) == (Kind.JOINT, [("赵文博", "agreed", True)])
    with pytest.raises(NotAllowed):
        perform(ProposalAct.SUPPORT, proposal, c.other_member)
    for act, actor, data in (
        (ProposalAct.PRE_REVIEW, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}),
        (ProposalAct.FILE, c.head, {}), (ProposalAct.NUMBER, c.staff, None),
        (ProposalAct.ASSIGN, c.staff, {"division": "sole", "unit": c.unit.pk}),
    ):  # fmt: skip
        perform(act, proposal, actor, data)
    report = session_report(c.session)
    assert ({kind: n for kind, n in report["by_kind"].items() if n}, report["members_involved"]) == ({"joint": 1}, 2)
    mine = make.share(proposal, c.unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    make.replied(c, mine)
    perform(AssignmentAct.RATE, mine, c.other_member, make.rating())
    assert list(faults()) == []


def test_taken_back_and_given_again_until_the_decision(c, proposal):
    for _ in range(2):
        perform(ProposalAct.SUPPORT, proposal, c.other_member)
        perform(ProposalAct.WITHDRAW_SUPPORT, proposal, c.other_member)
        assert (kind(proposal), signed(proposal)) == (Kind.INDIVIDUAL, [("赵文博", "taken_back", True)])
    perform(ProposalAct.SUPPORT, proposal, c.other_member)
    perform(ProposalAct.SUPPORT, proposal, c.invitee)
    perform(ProposalAct.WITHDRAW_SUPPORT, proposal, c.invitee)
    assert kind(proposal) == Kind.JOINT
    review = {"recommendation": "file", "business_category": c.business.pk}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, review)
    perform(ProposalAct.FILE, proposal, c.head, {})
    with pytest.raises(Refused):
        perform(ProposalAct.WITHDRAW_SUPPORT, proposal, c.other_member)
    assert (seen(proposal, c.other_member), seen(proposal, c.invitee)) == (True, False)
    assert list(faults()) == []


def test_who_was_asked_before_may_still_join(c):
    allow()
    case = make.draft(c)
    drafting.save(case, c.author, {"accepts_support": True})
    invited = {"persons": [c.cosigner.person_id, c.invitee.person_id], "closes_at": make.soon()}
    perform(ProposalAct.INVITE, case, c.author, invited)
    perform(CosignatureAct.AGREE, Cosignature.objects.get(person=c.cosigner.person), c.cosigner, {})
    perform(ProposalAct.SUBMIT, case, c.author)
    perform(ProposalAct.SUPPORT, case, c.invitee)
    assert signed(case) == [("郭建业", "agreed", True), ("李素芬", "agreed", False)]
    with pytest.raises(Refused):  # a co-signature is no 附议: it stays
        perform(ProposalAct.WITHDRAW_SUPPORT, case, c.cosigner)


def test_who_sees_it_and_until_when(c, proposal):
    assert [seen(proposal, user) for user in (c.other_member, c.contact, c.operator, c.dispatch)] == [
        True, False, False, False,
    ]  # fmt: skip
    with pytest.raises(NotAllowed):
        perform(ProposalAct.SUPPORT, proposal, c.author)
    closed = timezone.now() - timedelta(seconds=1)
    allow(support_closes=closed)
    with pytest.raises(Refused) as refused:
        perform(ProposalAct.SUPPORT, proposal, c.other_member)
    assert refused.value.code == "support_over"
    allow(support_closes=timezone.now() + timedelta(hours=1))
    Member.objects.filter(person=c.other_member.person).update(ends=timezone.localdate() - timedelta(days=1))
    del c.other_member._posts
    assert not seen(proposal, c.other_member)
    Proposal.objects.update(accepts_support=False)
    assert not seen(proposal, c.invitee)
    Proposal.objects.update(accepts_support=True)
    Session.objects.update(allows_support=False)
    with pytest.raises(NotFound):
        perform(ProposalAct.SUPPORT, proposal, c.invitee)


def test_the_list_the_case_page_and_the_writing_page(c, proposal, browse):
    page = browse(c.other_member).go("/proposals/?scope=support")
    assert ("可附议" in page.text, proposal.title in page.text) == (True, True)
    page = browse(c.other_member).go(f"/proposals/{proposal.pk}/acts/support/").press("附议")
    assert "已附议，您列为联名人。" in page.text
    assert proposal.title not in browse(c.other_member).go("/proposals/?scope=support").text
    written = browse(c.author).go("/proposals/new/?for=me")
    assert "允许其他委员附议" in written.text
    Session.objects.update(allows_support=False)
    assert "允许其他委员附议" not in browse(c.author).go("/proposals/new/?for=me").text
    asked = {"scope": "support"}
    rows = Proposal.objects.visible_to(c.invitee)

    class Request:
        user = c.invitee

    assert list(ProposalFilter(asked, queryset=rows, request=Request(), choices={}).qs) == []


def test_the_case_returned_to_its_proposer_is_out_of_sight(c, proposal):
    review = {"recommendation": "return", "business_category": c.business.pk}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, review)
    perform(ProposalAct.SUPPORT, proposal, c.other_member)
    perform(ProposalAct.RETURN, proposal, c.head, {"reason": "请补充数据"})
    assert (seen(proposal, c.invitee), seen(proposal, c.other_member)) == (False, True)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.kind, fresh.state, seen(proposal, c.invitee)) == (Kind.JOINT, ProposalState.SUBMITTED, True)
    assert Cosignature.objects.get().state == CosignatureState.AGREED
