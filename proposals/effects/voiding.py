"""评: a rating is never corrected; it is voided with a reason and entered again from paper (design §4)."""

from proposals import ratings
from proposals.acts import ProposalAct
from proposals.clocks import rating_due
from proposals.states import ProposalState
from workflow.actors import SYSTEM
from workflow.drawing import targets
from workflow.engine import perform
from workflow.transition import Step


def void(step: Step) -> None:
    """It counts no more. The time to rate begins anew, unless the rating came too late anyway."""
    rating = step.data["rating"]
    rating.voided_at, rating.voided_by, rating.void_reason = step.at, step.actor, step.data["reason"]
    rating.save(update_fields=["voided_at", "voided_by", "void_reason"])
    if rating.deciding and not rating.late:
        step.write(rating_due_on=rating_due(step.at))
    step.facts |= {"rating": rating.pk, "deciding": rating.deciding}
    step.made = rating


def after_void(step: Step) -> None:
    """What the rating had closed waits for it again; a case closed as 逾期未评 stays closed."""
    proposal = step.case.proposal
    if not step.made.deciding or proposal.state not in ProposalState.AFTER_RATING or proposal.closed_unrated:
        return
    if proposal.state == ProposalState.TRIPARTITE and ratings.left_dissatisfied(proposal).exists():
        return
    perform(ProposalAct.RATE_AGAIN, proposal, SYSTEM, at=step.at)


def rate_again(step: Step) -> None:
    step.write(closed_at=None, archived_at=None)


@targets(ProposalState.REPLIED, ProposalState.HANDLING)
def state_after_voiding(step: Step) -> str:
    """Back to rating; to the units while one of them still has to answer."""
    return ProposalState.HANDLING if step.case.assignments.unanswered().exists() else ProposalState.REPLIED
