"""分案: one proposal of two matters becomes two, and back again while neither is decided."""

from django.db import OperationalError, transaction

from proposals import attachments, snapshots
from proposals.acts import ProposalAct
from proposals.drafting import keep_text, write_suggestions
from proposals.models import Cosignature, Proposal, Suggestion
from proposals.numbering import receipt_number
from proposals.review_guards import before_split, split_off
from proposals.secrecy import recording
from proposals.states import CosignatureState, ProposalState
from workflow.actors import SYSTEM
from workflow.engine import open_case, perform
from workflow.errors import Refused
from workflow.transition import Step

# What the second case takes over from the first: who proposes it, when, under which declarations.
TAKEN_OVER = (
    "session", "kind", "timing", "first_proposer", "organization", "drafter", "overall_category", "business_category",
    "no_secrets", "own_work", "publish_consent", "publish_refusal", "submitted_at", "admitted_late", "accepts_support",
    "collective_proof", "confirmed_by", "confirmed_at",
    "entry", "entry_source", "entered_by", "proxy_due_on", "proxy_answer", "proxy_answered_at",
)  # fmt: skip


def split(step: Step) -> None:
    """The chosen suggestions go to a case of its own, with its own 流水号; the text of before stays on file."""
    proposal, data = step.case, step.data
    keep_text(proposal, snapshots.BEFORE_SPLIT, step.actor, step.at)
    moved = list(data["suggestions"])
    other = _open_second(step, proposal)
    Suggestion.objects.bulk_create(
        Suggestion(proposal=other, position=n, text=one.text) for n, one in enumerate(moved, start=1)
    )
    _take_over_people(proposal, other)
    keep_text(other, snapshots.AFTER_SPLIT, step.actor, step.at)
    left = proposal.suggestions.exclude(pk__in=[one.pk for one in moved])
    write_suggestions(proposal, list(left.values_list("text", flat=True)))
    if data["kept_title"]:
        step.write(title=data["kept_title"])
    recording.record(other, [])
    recording.record(proposal, attachments.of_proposal(proposal))
    step.facts |= {"split_into": other.pk, "split_receipt": other.receipt_number}


def _open_second(step: Step, proposal: Proposal) -> Proposal:
    other = Proposal(
        state=ProposalState.SUBMITTED, split_from=proposal, title=step.data["title"],
        situation=step.data["situation"], receipt_number=receipt_number(proposal.session),
        **{name: getattr(proposal, name) for name in TAKEN_OVER},
    )  # fmt: skip
    open_case(ProposalAct.SPLIT_OFF, f"分案产生（原流水号 {proposal.receipt_number}）", other, step.actor)
    return other


def _take_over_people(proposal: Proposal, other: Proposal) -> None:
    """Whoever agreed to co-sign the first co-signs the second; the suggested units go along."""
    agreed = proposal.cosignatures.filter(state=CosignatureState.AGREED)
    names = ("person_id", "position", "invited_at", "answered_at", "comment", "state", "is_support")
    Cosignature.objects.bulk_create(Cosignature(proposal=other, **row) for row in agreed.values(*names))
    other.suggested_units.set(proposal.suggested_units.all())


def undo_split(step: Step) -> None:
    """The text of before is the first case's again; the second keeps its 流水号 and counts as 撤案."""
    other = lock_other(split_off(step.case))
    snapshots.bring_back(step, before_split(step.case, other), snapshots.BEFORE_UNDOING_SPLIT)
    reason = f"分案撤销，内容并回 {step.case.receipt_number}：{step.data['reason']}"
    perform(ProposalAct.SPLIT_WITHDRAWN, other, SYSTEM, {"reason": reason}, seen_version=other.version)
    step.facts |= {"split_undone": other.pk, "split_receipt": other.receipt_number}


def lock_other(other: Proposal) -> Proposal:
    """The row under its lock. Never waits: whoever holds it may be waiting for this one. Raises Refused."""
    try:
        with transaction.atomic():
            return Proposal._base_manager.select_for_update(nowait=True, of=("self",)).get(pk=other.pk)
    except OperationalError:
        raise Refused("分出去的提案正由他人处理。", "请稍后再试。", code="other_busy") from None
