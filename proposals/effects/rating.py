"""评: rating, second round, meeting, closing."""

from documents.uploads import attach
from members.models import Person
from proposals import ratings, same_device, succession
from proposals.acts import AssignmentAct, ProposalAct
from proposals.attachments import RATING
from proposals.clocks import start_round
from proposals.models import TripartiteMeeting
from proposals.replies import reply_to_act_on
from proposals.roles import PROPOSERS
from proposals.states import AssignmentState, ProposalState
from workflow.actors import SYSTEM
from workflow.drawing import targets
from workflow.engine import perform
from workflow.querysets import roles_among
from workflow.transition import Step


def rate(step: Step) -> None:
    deciding = bool(roles_among(step.case, PROPOSERS))
    _enter(step, step.actor.person, deciding, by_proxy=False)


def rate_by_proxy(step: Step) -> None:
    person, proposal = step.data["person"], step.case.proposal
    deciding = Person.objects.filter(ratings.deciders(proposal), pk=person.pk).exists()
    _enter(step, person, deciding, by_proxy=True)
    step.on_behalf_of = person.name
    attach([step.data["scan"].pk], step.actor, RATING, step.case.pk)


def _enter(step: Step, person, deciding: bool, by_proxy: bool) -> None:
    graded = reply_to_act_on(step.case).graded
    device = {} if by_proxy else same_device.seen(step.day, step.actor)
    rating = ratings.enter(
        step.case, person, step.data, deciding=deciding, actor=step.actor, at=step.at,
        by_proxy=by_proxy, **device,
    )  # fmt: skip
    is_open = rating.late or (deciding and (graded or rating.is_dissatisfied))
    step.facts |= {"rating": rating.pk, "deciding": deciding, "late": rating.late, "open": is_open}
    if rating.device_note:
        step.facts["same_device"] = rating.device_note
    step.made = rating
    if ratings.needs_another_round(step.case, rating):
        _open_round(step)


def _open_round(step: Step) -> None:
    start_round(step.case, step.at)
    heir = succession.heir_of(step.case)
    if heir is not None:
        step.write(unit=heir)
    step.written |= {
        "round", "round_started_at", "due_on", "rating_due_on", "original_due_on", "decided_due_on",
    }  # fmt: skip


@targets(AssignmentState.REPLIED, AssignmentState.HANDLING)
def rated_state(step: Step) -> str:
    """办理中 again when a further round was opened, otherwise 已答复."""
    reopened = step.case.round > step.made.reply.round
    return AssignmentState.HANDLING if reopened else AssignmentState.REPLIED


def after_rating(step: Step) -> None:
    proposal = step.case.proposal
    if step.case.state == AssignmentState.HANDLING:
        if proposal.state == ProposalState.REPLIED:
            perform(ProposalAct.REOPEN, proposal, SYSTEM, at=step.at)
    elif ratings.needs_meeting(step.case, step.made):
        if proposal.state != ProposalState.TRIPARTITE:
            perform(ProposalAct.TO_TRIPARTITE, proposal, SYSTEM, at=step.at)
    elif proposal.state == ProposalState.REPLIED and ratings.all_rated(proposal):
        perform(ProposalAct.CLOSE, proposal, SYSTEM, at=step.at)


def after_all_replied(step: Step) -> None:
    """分办: a share that replies again may find the others rated already."""
    if ratings.all_rated(step.case):
        perform(ProposalAct.CLOSE, step.case, SYSTEM, at=step.at)


def record_meeting(step: Step) -> None:
    data, left = step.data, list(ratings.left_dissatisfied(step.case))
    TripartiteMeeting.objects.create(
        proposal=step.case, on=data["on"], place=data["place"],
        participants=data["participants"], findings=data["findings"], outcome=data["outcome"],
        recorded_by=step.actor, recorded_at=step.at,
    )  # fmt: skip
    if data["outcome"] == TripartiteMeeting.Outcome.AGAIN:
        for share in left:
            perform(AssignmentAct.ANOTHER_ROUND, share, SYSTEM, at=step.at)
    step.made = _state_after_meeting(step)
    if step.made == ProposalState.CLOSED:
        close(step)


def another_round(step: Step) -> None:
    _open_round(step)


def _state_after_meeting(step: Step) -> str:
    """On with open shares, to ratings still missing, or to the end."""
    if step.case.assignments.unanswered().exists():
        return ProposalState.HANDLING
    return ProposalState.CLOSED if ratings.all_rated(step.case) else ProposalState.REPLIED


@targets(ProposalState.HANDLING, ProposalState.REPLIED, ProposalState.CLOSED)
def met_state(step: Step) -> str:
    """Where the recorded meeting leads."""
    return step.made


def close(step: Step) -> None:
    step.write(closed_at=step.at)


def close_unrated(step: Step) -> None:
    step.write(closed_at=step.at, closed_unrated=True)
