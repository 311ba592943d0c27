"""集体提案: the convener confirms the text, or the sealed original comes along as a scan."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.access import can_view
from documents.uploads import receive
from proposals import drafting
from proposals.acts import ProposalAct
from proposals.collective import is_confirmed, proof_of, seals
from proposals.forms.submitting import NOT_CONFIRMED
from proposals.invariants import faults
from proposals.kinds import CollectiveProof
from proposals.models import Proposal
from proposals.states import ProposalState
from tests.factories import county as make
from tests.factories import people
from workflow.engine import available, perform
from workflow.errors import Invalid, NotFound, Refused
from workflow.querysets import roles_on

pytestmark = pytest.mark.django_db


def read(proposal, user) -> Proposal:
    return Proposal.objects.for_acting().visible_to(user).with_roles_of(user).get(pk=proposal.pk)


def errors(proposal, user, **data) -> list[str]:
    with pytest.raises(Invalid) as refused:
        perform(ProposalAct.SUBMIT, proposal, user, data)
    return [str(error) for found in refused.value.errors.values() for error in found]


def refusal(act, proposal, user) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, proposal, user)
    return refused.value.code


def test_confirmed_by_the_convener_then_submitted_by_the_contact(c):
    proposal = make.collective_draft(c)
    assert errors(proposal, c.contact) == [NOT_CONFIRMED]
    assert refusal(ProposalAct.ASK_CONVENER, proposal, c.contact) == "no_convener"
    convener = make.convener_of(c)
    perform(ProposalAct.ASK_CONVENER, proposal, c.contact)
    perform(ProposalAct.CONFIRM_COLLECTIVE, proposal, convener)
    assert refusal(ProposalAct.CONFIRM_COLLECTIVE, proposal, convener) == "confirmed"
    perform(ProposalAct.SUBMIT, proposal, c.contact)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.state, fresh.collective_proof, fresh.confirmed_by) == (
        ProposalState.SUBMITTED, CollectiveProof.CONVENER, convener.person,
    )  # fmt: skip
    assert proof_of(fresh).startswith("召集人贺敏于 ")
    assert list(faults()) == []


def test_another_text_or_file_voids_the_confirmation(c):
    proposal = make.confirmed(c)
    drafting.save(proposal, c.contact, {"publish_consent": False, "publish_refusal": "尚在协商"})
    assert is_confirmed(Proposal.objects.get(pk=proposal.pk))
    for change in ({"title": "另一个案由"}, {"situation": "另一种情况"}):
        before = {name: getattr(Proposal.objects.get(pk=proposal.pk), name) for name in change}
        drafting.save(proposal, c.contact, change)
        assert errors(proposal, c.contact) == [NOT_CONFIRMED]
        drafting.save(proposal, c.contact, before)
        assert is_confirmed(Proposal.objects.get(pk=proposal.pk))
    drafting.save(proposal, c.contact, {}, suggestions=["只留一条"])
    assert proof_of(Proposal.objects.get(pk=proposal.pk)) == ""
    perform(ProposalAct.CONFIRM_COLLECTIVE, proposal, make.convener_of(c))
    perform(ProposalAct.SUBMIT, proposal, c.contact)


def test_a_convener_who_submits_confirms(c):
    sector = people.organization("sector", "教育界")
    convener = people.holder(sector, "convener", "姚远")
    proposal = make._written(drafting.create(convener, sector), c, convener)
    offered = {option.act: option.blocked for option in available(read(proposal, convener), convener)}
    assert offered["ask_convener"].code == "own_confirmation"
    perform(ProposalAct.SUBMIT, proposal, convener)
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (fresh.collective_proof, fresh.confirmed_by) == (CollectiveProof.CONVENER, convener.person)
    review = {"recommendation": "return", "business_category": c.business.pk}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, review)
    perform(ProposalAct.RETURN, proposal, c.head, {"reason": "请补充"})
    contact = people.holder(sector, "contact", "孟然")
    drafting.save(proposal, contact, {"situation": "补充了数据。"})
    assert errors(proposal, contact) == [NOT_CONFIRMED]


@pytest.mark.parametrize(
    ("kind", "post", "may"), [("party", "head", True), ("committee", "head", True), ("sector", "head", False)]
)
def test_who_stands_for_a_body(c, kind, post, may):
    body = people.organization(kind, "某某")
    contact, head = people.holder(body, "contact"), people.holder(body, post)
    proposal = make._written(drafting.create(contact, body), c, contact)
    if may:
        assert roles_on(read(proposal, head)) == {"convener"}
        perform(ProposalAct.CONFIRM_COLLECTIVE, proposal, head)
    else:
        with pytest.raises(NotFound):
            perform(ProposalAct.CONFIRM_COLLECTIVE, proposal, head)


def test_the_scan_of_the_sealed_original(c):
    proposal = make.collective_draft(c)
    note = receive(SimpleUploadedFile("说明.txt", "盖章说明".encode()), c.contact)
    assert errors(proposal, c.contact, scan=note.pk) == ["“说明.txt”不是扫描件。请上传 PDF、JPG 或 PNG 文件。"]
    foreign = make.scan(c.author)
    assert errors(proposal, c.contact, scan=foreign.pk) != []
    scan = make.scan(c.contact, "原件.png")
    perform(ProposalAct.SUBMIT, proposal, c.contact, {"scan": scan.pk})
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert (proof_of(fresh), list(seals(fresh))) == ("签章原件扫描件", [scan])
    kept = seals(fresh).get()
    assert [can_view(user, kept) for user in (c.contact, c.staff, c.author)] == [True, True, False]
    assert list(faults()) == []


def test_the_check_page_the_receipt_and_the_case_page(c, browse):
    proposal = make.collective_draft(c)
    make.convener_of(c)
    page = browse(c.contact).go(f"/proposals/{proposal.pk}/check/")
    assert ("盖章（签字）原件的扫描件" in page.text, "先请召集人确认" in page.text) == (True, True)
    refused = page.press("提交")
    assert (refused.status, NOT_CONFIRMED in refused.text) == (400, True)
    scan = make.scan(c.contact, "原件.png")
    perform(ProposalAct.SUBMIT, proposal, c.contact, {"scan": scan.pk})
    assert "签署：签章原件扫描件（查看原件）" in browse(c.contact).go(f"/proposals/{proposal.pk}/receipt/").text
    assert "签章原件扫描件" in browse(c.staff).go(f"/proposals/{proposal.pk}/").text
