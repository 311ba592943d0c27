"""督: the life of what a reply promised, from its sending until it is done."""

from documents.uploads import attach
from proposals.acts import CommitmentAct
from proposals.models import Commitment, CommitmentNote
from proposals.replies import reply_to_act_on
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.transition import Step

FILES = "proposals.commitment"
Kind = CommitmentNote.Kind


def begin_all(step: Step) -> None:
    """The reply was sent: its promises hold from now on, and take the place of those of the rounds before.

    Each act leads to the next one, so that sending itself asks for nothing more.
    """
    reply = reply_to_act_on(step.case)
    if reply.replaced is not None:
        _supersede(Commitment(pk=reply.replaced), reply, step.at)
    elif reply.drafted is not None:
        _begin(Commitment(pk=reply.drafted), reply, step.at)


def go_on(step: Step) -> None:
    """From one promise to the next that the sent reply replaces or begins."""
    reply = step.data.get("reply")
    following = Commitment.objects.waiting_for(reply).order_by("pk").first() if reply else None
    if following is not None:
        turn = _begin if following.reply_id == reply.pk else _supersede
        turn(following, reply, step.at)


def _begin(promise: Commitment, reply, at) -> None:
    perform(CommitmentAct.BEGIN, promise, SYSTEM, {"reply": reply}, at=at)


def _supersede(promise: Commitment, reply, at) -> None:
    reason = f"已由第 {reply.round} 轮答复代替。"
    perform(CommitmentAct.SUPERSEDE, promise, SYSTEM, {"reply": reply, "reason": reason}, at=at)


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
