"""计划: each step leaves a row with its date, its document and the topics as they stood then."""

from consultations import attachments, snapshots
from consultations.kinds import StepKind
from consultations.models import PlanStep
from members.act_files import keep
from workflow.transition import Step


def opened(step: Step) -> None:
    """Nothing but the plan itself."""


def write(step: Step) -> None:
    step.write(aim=step.data["aim"], duties=step.data["duties"])


def call(step: Step) -> None:
    step.write(called_at=step.at, call_until=step.data["until"])
    _note(step, StepKind.CALLED, on=step.day)


def consult(step: Step) -> None:
    _note(step, StepKind.CONSULTED)


def record_view(step: Step) -> None:
    _note(step, StepKind(step.data["of"]))


def submit(step: Step) -> None:
    _note(step, StepKind.SUBMITTED)


def pass_chairmen(step: Step) -> None:
    _note(step, StepKind.CHAIRMEN)


def pass_standing(step: Step) -> None:
    _note(step, StepKind.STANDING)


def issue(step: Step) -> None:
    data = step.data
    step.write(issued_on=data["on"], document_number=data["document_number"], issuers=data["issuers"])
    _note(step, StepKind.ISSUED)


def send_back(step: Step) -> None:
    _note(step, StepKind.SENT_BACK, on=step.day, note=step.data["reason"])


def _note(step: Step, kind: StepKind, on=None, note: str | None = None) -> None:
    plan, data = step.case, step.data
    row = PlanStep.objects.create(
        plan=plan, kind=kind, on=on or data["on"], document_number=data.get("document_number") or "",
        note=data.get("note") or "" if note is None else note, rows=snapshots.rows_of(plan),
        texts=snapshots.texts_of(plan), at=step.at, by_id=step.actor.pk,
    )  # fmt: skip
    keep(data.get("document"), step.actor, attachments.PLAN_STEP, row.pk)
