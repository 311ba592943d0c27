"""What those see who only may 附议 a proposal, or have it as a 意见建议: the text, and nothing said inside."""

import pytest

from proposals.acts import ChangeRequestAct, CosignatureAct
from proposals.acts import ProposalAct as P
from proposals.models import Proposal, RejectionReason
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db
SAID = ("附言很好", "初审意见不公开", "申请的理由", "联名人的看法")


def case_with_words(c) -> Proposal:
    """A co-signer, a reviewer, the author asking and the co-signer's view of it: each has said something."""
    c.session.allows_support = True
    c.session.save()
    proposal = make.draft(c)
    Proposal._base_manager.filter(pk=proposal.pk).update(accepts_support=True)
    perform(P.INVITE, proposal, c.author, {"persons": [c.cosigner.person_id], "closes_at": make.soon()})
    perform(CosignatureAct.AGREE, proposal.cosignatures.get(), c.cosigner, {"reason": SAID[0]})
    perform(P.SUBMIT, proposal, c.author)
    perform(P.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "reason": SAID[1]})
    perform(P.ASK_AMEND, proposal, c.author, {"title": "新", "situation": "新", "suggestions": "新", "reason": SAID[2]})
    perform(
        ChangeRequestAct.GIVE_VIEW, proposal.change_requests.get(), c.cosigner, {"agrees": "true", "reason": SAID[3]}
    )
    return proposal


def heard(client, user, proposal) -> set[str]:
    client.force_login(user)
    pk = proposal.pk
    urls = (f"/proposals/{pk}/", f"/api/v1/proposals/{pk}/", "/api/v1/change-requests/", "/api/v1/cosignatures/")
    pages = "".join(client.get(url).content.decode() for url in urls)
    return {words for words in SAID if words in pages}


def test_nothing_said_inside_is_told_outside(c, client):
    proposal = case_with_words(c)
    assert heard(client, c.other_member, proposal) == set()
    assert heard(client, c.author, proposal) == {SAID[0], SAID[2], SAID[3]}
    assert heard(client, c.head, proposal) == set(SAID)
    reason = RejectionReason.objects.get(code="beyond")
    perform(P.REJECT, proposal, c.head, {
        "rejection_reason": reason.pk, "disposition": "suggestion", "disposition_unit": c.unit.pk, "reason": "省级事权",
    })  # fmt: skip
    assert heard(client, c.operator, proposal) == set()


def test_the_unit_of_a_suggestion_works_by_the_api(c, client):
    proposal = case_with_words(c)
    reason = RejectionReason.objects.get(code="beyond")
    data = {"rejection_reason": reason.pk, "disposition": "suggestion", "disposition_unit": c.unit.pk, "reason": "省级"}
    perform(P.REJECT, proposal, c.head, data)
    client.force_login(c.operator)
    shown = client.get(f"/api/v1/proposals/{proposal.pk}/").json()
    assert (shown["audience"], shown["acts"]) == (
        "follower",
        [{"act": "acknowledge_suggestion", "label": "签收并告知采用情况", "danger": False}],
    )
