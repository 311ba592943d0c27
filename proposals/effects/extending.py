"""延期: asking, deciding, and what a later date does to the share; 重新定期限 by the head after six months."""

from datetime import date, datetime

from proposals.acts import AssignmentAct, ExtensionAct
from proposals.extensions import open_request
from proposals.models import Assignment, ExtensionRequest
from proposals.states import ExtensionState
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.transition import Step


def ask(step: Step) -> None:
    request = ExtensionRequest(
        proposal=step.case.proposal, assignment=step.case, state=ExtensionState.PENDING, reason=step.data["reason"],
        wanted_on=step.data["wanted_on"], due_on=step.case.due_on, asked_by=step.actor, asked_at=step.at,
    )  # fmt: skip
    request.save(force_insert=True)
    step.facts |= {"extension": request.pk, "wanted_on": request.wanted_on.isoformat()}


def decide(step: Step) -> None:
    """`share` lets the timeline keep this from other units."""
    reason = step.data.get("reason") or ""
    step.write(decided_by=step.actor, decided_at=step.at, decision=reason)
    step.facts["share"] = step.case.assignment_id


def grant(step: Step) -> None:
    decide(step)
    step.write(granted_on=step.data["granted_on"])


def after_grant(step: Step) -> None:
    """The share gets its date in the same transaction."""
    request = step.case
    data = {"due_on": request.granted_on, "request": request.pk}
    perform(AssignmentAct.EXTEND, request.assignment, SYSTEM, data, at=step.at)


def extend(step: Step) -> None:
    step.facts |= {"extension": step.data["request"], "new_due": _words(step.data["due_on"])}
    _move(step, step.data["due_on"])


def set_due(step: Step) -> None:
    _move(step, step.data["due_on"])


def _move(step: Step, day: date) -> None:
    """The date by the rules stays on file: it is shown, and recomputed with them."""
    share = step.case
    step.facts["old_due"] = _words(share.due_on)
    step.write(original_due_on=share.original_due_on or share.due_on, decided_due_on=day, due_on=day)


def _words(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def lapse(step: Step) -> None:
    """After an act that ends the share's waiting: a request still open asks for nothing any more."""
    lapse_of(step.case, step.at)


def lapse_of(share: Assignment, at: datetime) -> None:
    pk = open_request(share)
    if pk is not None:
        reason = {"reason": "交办件已进入其他环节，延期申请自动失效。"}
        perform(ExtensionAct.LAPSE, ExtensionRequest(pk=pk), SYSTEM, reason, at=at)


def lapsed(step: Step) -> None:
    step.facts["share"] = step.case.assignment_id
