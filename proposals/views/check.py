"""Before and after submitting: check the answers, then the receipt with what happens next."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from proposals import attachments
from proposals.collective import conveners, proof_of, seals
from proposals.drafting import is_secretary
from proposals.forms.submitting import SubmitForm, needs_scan
from proposals.kinds import CollectiveProof, Timing
from proposals.models import Proposal
from proposals.secrecy.finding import found_in
from proposals.sections.facts import facts
from proposals.sections.reader import Reader
from proposals.similar import note_shown, of_case
from proposals.standing import standing
from proposals.states import ProposalState
from proposals.suggesting import suggest
from proposals.validators import missing
from proposals.windows import timing_at
from workflow.errors import NotAllowed, NotFound, Refused, TooLate
from workflow.views import refusal_page

from . import files
from .crumbs import crumbs_to
from .detail import seen
from .writing import writable

# Where on the writing page a gap is filled.
PLACES = {"suggestions": "id_suggestions-0-text", "publish_consent": "id_publish_consent_0"}


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The text as it will be submitted, with what is still missing and where to add it."""
    try:
        proposal = writable(request.user, pk)
    except Refused as refused:
        back = reverse("proposals:detail", args=[pk])
        return refusal_page(request, refused, back_href=back, back_label="查看这件提案")
    edit, may_submit = reverse("proposals:edit", args=[pk]), not is_secretary(proposal)
    own_files = list(attachments.of_proposal(proposal))
    context = {
        "proposal": proposal, "edit_url": edit,
        "gaps": [(text, f"{edit}#{PLACES.get(name, f'id_{name}')}") for name, text in missing(proposal)],
        "attachments": [files.entry(file) for file in own_files], "secrecy": found_in(proposal, own_files),
        "is_first": proposal.receipt_number is None,
        **signing(proposal),
        "is_late": timing_at(proposal.session, timezone.now()) == Timing.ADJOURNED,
        "length": length(proposal), "may_invite": may_invite(proposal), "may_submit": may_submit,
        **listed(request, proposal, noted=may_submit),
        "facts": [row for row in facts(proposal, [], Reader.of(request.user, proposal)) if row[0] != proposal.proposer_title],
        "submit_label": "重新提交" if proposal.receipt_number else "提交", "crumbs": crumbs_to(proposal, "检查并提交"),
    }  # fmt: skip
    return render(request, "proposals/check.html", context)


def listed(request: HttpRequest, proposal: Proposal, noted: bool) -> dict:
    """Similar cases, what they suggest, and the box to tick; `noted`: to whoever submits, so it goes on file."""
    cases = of_case(request.user, proposal)
    if noted:
        note_shown(proposal, cases)
    chosen = [unit.pk for unit in proposal.suggested_units.all()]
    return {
        "similar": cases, "hints": suggest(cases, proposal.business_category_id is not None, chosen),
        "submit_form": SubmitForm(case=proposal, actor=request.user),
    }  # fmt: skip


def signing(proposal: Proposal) -> dict:
    """What a collective still has to show: the convener's confirmation, or a scan that goes along."""
    if not needs_scan(proposal):
        return {}
    return {"needs_scan": True, "scan_kinds": ".pdf,.jpg,.jpeg,.png", "conveners": conveners(proposal)}


def length(proposal: Proposal) -> int:
    """Characters of text and suggestions together, spaces left out, as people count them."""
    texts = [proposal.situation, *(s.text for s in proposal.suggestions.all())]
    return sum(len("".join(text.split())) for text in texts)


def may_invite(proposal: Proposal) -> bool:
    return proposal.first_proposer_id is not None and proposal.state == ProposalState.DRAFT


@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was received, its number, and what happens next; only for those who submitted it."""
    proposal = seen(request.user, pk)
    if proposal is None:
        return refusal_page(request, NotFound())
    if not Reader.of(request.user, proposal).signs:
        return refusal_page(request, NotAllowed("只有提案人可以看提交回执。", "请从提案列表查看。"))
    if proposal.receipt_number is None:
        return refusal_page(request, TooLate("这件提案还没有提交。", "请先提交。"))
    context = {
        "proposal": proposal,
        "standing": standing(proposal),
        "review_by": review_by(proposal),
        "proof": proof_of(proposal),
        "seal": seal(proposal),
    }
    return render(request, "proposals/receipt.html", context)


def review_by(proposal: Proposal) -> date | None:
    """The closing day of the plenary, which adopts the report on the review (domain §1.3); None when adjourned."""
    day, closes = timezone.localdate(proposal.submitted_at), proposal.session.closes
    return closes if proposal.timing == Timing.PLENARY and day <= closes else None


def seal(proposal: Proposal) -> dict | None:
    """The scan that came with the submission, where that is what the collective showed."""
    if proposal.collective_proof != CollectiveProof.SCAN:
        return None
    return next((files.entry(file) for file in seals(proposal)[:1]), None)
