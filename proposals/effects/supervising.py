"""督办: records with demands, 批示, voiding, and what a unit reports. Nothing of it moves the case itself."""

from documents.uploads import attach
from proposals.attachments import DEMAND, SUPERVISION
from proposals.forms.supervising import shares_in_hand
from proposals.kinds import SupervisionForm
from proposals.models import Demand, Supervision
from workflow.transition import Step

REPORT = "请反馈批示的落实情况。"


def supervise(step: Step) -> None:
    data = step.data
    record = _record(
        step, form=data["form"], on=data["on"], participants=data["participants"], findings=data["findings"],
        next_check_on=data["next_check_on"], tells_proposer=True,
    )  # fmt: skip
    _ask(record, data["demands"])
    _attach(step, record, data["photos"])


def instruct(step: Step) -> None:
    """Every unit that is named, or all that have the case, report what they did."""
    data = step.data
    record = _record(
        step, form=SupervisionForm.INSTRUCTION, on=data["on"], findings=data["text"], reply=data["reply"],
        tells_proposer=data["tells_proposer"],
    )  # fmt: skip
    units = list(data["units"]) or list(shares_in_hand(step.case))
    _ask(record, [(share, REPORT, data["due_on"]) for share in units])
    _attach(step, record, [data["scan"]] if data["scan"] else [])
    if data["leader"].pk != step.actor.person_id:
        step.on_behalf_of = record.leader_name


def _record(step: Step, **values) -> Supervision:
    data = step.data
    record = Supervision.objects.create(
        proposal=step.case, leader=data["leader"], leader_title=data["leader_title"][:60], recorded_by=step.actor,
        recorded_at=step.at, **values,
    )  # fmt: skip
    step.facts["record"] = record.pk
    return record


def _ask(record: Supervision, demands) -> None:
    Demand.objects.bulk_create(
        Demand(record=record, assignment=share, position=n, text=text, due_on=due_on)
        for n, (share, text, due_on) in enumerate(demands, start=1)
    )


def _attach(step: Step, record: Supervision, files) -> None:
    if files:
        attach([file.pk for file in files], step.actor, SUPERVISION, record.pk)


def void(step: Step) -> None:
    record = step.data["record"]
    record.voided_by, record.voided_at, record.void_reason = step.actor, step.at, step.data["reason"]
    record.save(update_fields=["voided_by", "voided_at", "void_reason"])
    step.facts["record"] = record.pk


def answer(step: Step) -> None:
    demand = step.data["demand"]
    demand.answer, demand.answered_by, demand.answered_at = step.data["answer"], step.actor, step.at
    demand.save(update_fields=["answer", "answered_by", "answered_at"])
    step.facts |= {"record": demand.record_id, "demand": demand.pk}
    if step.data["evidence"]:
        attach([step.data["evidence"].pk], step.actor, DEMAND, demand.pk)
