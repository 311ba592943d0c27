"""转线下办理: what may be secret leaves the system for good; a stub stays that can be counted (design §6).

What was already written into the append-only log is not shown any more: `wipes` in the table, workflow/wiped.py.
"""

from documents.uploads import remove_all
from notices.wiping import wipe_messages
from proposals import attachments
from proposals.collective import SEAL
from proposals.kinds import Disposition
from proposals.models import CosignerView, RejectionReason
from proposals.states import ProposalState
from workflow.drawing import targets
from workflow.transition import Step
from xiping_cppcc.api.idempotency import forget_answers

from . import changing
from .writing import end_cosigning

SECRET = "secret"
WIPED = "（已转线下办理，内容已清除）"
GONE = "（这件提案已转线下办理，原消息内容已清除。）"


def move_offline(step: Step) -> None:
    """Title, text, suggestions, wordings on file, notes, files and messages go; numbers, people and dates stay."""
    end_cosigning(step)
    changing.lapse(step)
    _wipe_around(step)
    step.write(
        title="", situation="", publish_refusal="", publish_consent=None, secrecy_signs=[], merged_into=None,
        change_due_on=None, filed_at=None, moved_offline_at=step.at, similar_shown=[], merge_words="", entry_note="",
    )  # fmt: skip
    if offline_state(step) == ProposalState.NOT_FILED:
        reason = RejectionReason.objects.filter(code=SECRET).first()
        step.write(rejection_reason=reason, disposition=Disposition.OFFLINE, disposition_unit=None)


@targets(ProposalState.NOT_FILED, ProposalState.WITHDRAWN)
def offline_state(step: Step) -> str:
    """A received one is counted among 不予立案; a draft was never received; what was withdrawn stays so."""
    if step.case.receipt_number is None or step.case.state == ProposalState.WITHDRAWN:
        return ProposalState.WITHDRAWN
    return ProposalState.NOT_FILED


def _wipe_around(step: Step) -> None:
    proposal = step.case
    proposal.suggestions.all().delete()
    proposal.snapshots.all().delete()
    proposal.suggested_units.clear()
    proposal.reviews.update(note="")
    proposal.cosignatures.update(comment="")
    proposal.change_requests.update(reason=WIPED, replaced={}, proposed={}, decision="")
    CosignerView.objects.filter(request__proposal=proposal).update(comment="")
    for subject in (attachments.PROPOSAL, attachments.ENTRY, SEAL):
        remove_all(subject, proposal.pk)
    wipe_messages(proposal.get_absolute_url(), GONE)
    forget_answers(f"proposals/{proposal.pk}/")
