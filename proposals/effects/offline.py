"""转线下办理: what may be secret leaves the system for good; a stub stays that can be counted (design §6).

What was already written into the append-only log is not shown any more: `wipes` in the table, workflow/wiped.py.
"""

from proposals.acts import ProposalAct
from proposals.kinds import Disposition
from proposals.models import RejectionReason
from proposals.review_guards import taken_back
from proposals.states import ProposalState
from workflow.actors import SYSTEM
from workflow.drawing import targets
from workflow.engine import perform
from workflow.transition import Step

from . import changing
from .splitting import lock_other
from .wiping import wipe
from .writing import end_cosigning

SECRET = "secret"


def move_offline(step: Step) -> None:
    """Title, text, suggestions, wordings on file, notes, files and messages go; numbers, people and dates stay."""
    end_cosigning(step)
    changing.lapse(step)
    wipe(step.case)
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


def wipe_what_was_taken_back(step: Step) -> None:
    """A case split from this one and taken back holds a part of the same text: it goes the same way."""
    for other in taken_back(step.case).filter(moved_offline_at=None):
        perform(ProposalAct.MOVE_OFFLINE, lock_other(other), SYSTEM, {"reason": step.data["reason"]}, at=step.at)
