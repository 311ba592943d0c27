"""督: the life of what a reply promised, from its sending until it is done."""

from documents.uploads import attach
from proposals.acts import CommitmentAct
from proposals.commitment_states import CommitmentState
from proposals.models import Commitment, CommitmentNote
from proposals.replies import reply_to_act_on
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.transition import Step

FILES = "proposals.commitment"
Kind = CommitmentNote.Kind


def begin_all(step: Step) -> None:
    """The reply was sent: its promises hold from now on, and take the place of those of the rounds before."""
    share, reply = step.case, reply_to_act_on(step.case)
    if share.round == 1 and not reply.promised:
        return
    changing = (CommitmentState.DRAFT, *CommitmentState.LIVE)
    for promise in Commitment.objects.filter(reply__assignment=share, state__in=changing).order_by("pk"):
        if promise.reply_id == reply.pk:
            perform(CommitmentAct.BEGIN, promise, SYSTEM, at=step.at)
        else:
            reason = f"已由第 {share.round} 轮答复代替。"
            perform(CommitmentAct.SUPERSEDE, promise, SYSTEM, {"reason": reason}, at=step.at)


def begin(step: Step) -> None:
    step.write(promised_on=step.case.due_on)


def report_progress(step: Step) -> None:
    _note(step, Kind.PROGRESS, on=step.data["on"], text=step.data["content"])


def postpone(step: Step) -> None:
    new, old = step.data["new_due_on"], step.case.due_on
    _note(step, Kind.POSTPONED, text=step.data["reason"], old_due_on=old, new_due_on=new)
    step.write(due_on=new)


def report_done(step: Step) -> None:
    data = step.data
    _note(step, Kind.REPORTED, on=data["done_on"], text=data["result"])
    step.write(done_on=data["done_on"], result=data["result"])
    if data["evidence"] is not None:
        attach([data["evidence"].pk], step.actor, FILES, step.case.pk)


def not_done(step: Step) -> None:
    _note(step, Kind.RETURNED, text=step.data["reason"])
    step.write(done_on=None, result="")


def urge(step: Step) -> None:
    _note(step, Kind.URGED, text=step.data["reason"])


def _note(step: Step, kind: str, on=None, **more) -> None:
    CommitmentNote.objects.create(commitment=step.case, kind=kind, on=on or step.day, by=step.actor, at=step.at, **more)
