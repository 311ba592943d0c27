"""上报, 采用, 批示, entered whenever they are heard of; 转为提案."""

from members.act_files import keep
from opinions import attachments, conversions
from opinions.models import Adoption, Forwarding, Instruction
from workflow.transition import Step


def forward(step: Step) -> None:
    Forwarding.objects.create(**_row(step, "level", "on", "document", "body"))


def adopt(step: Step) -> None:
    Adoption.objects.create(**_row(step, "level", "on", "document", "body", "mode"))


def instruct(step: Step) -> None:
    row = Instruction.objects.create(**_row(step, "level", "on", "document", "leader", "text"))
    keep(step.data["file"], step.actor, attachments.INSTRUCTION, row.pk)


def _row(step: Step, *names: str) -> dict:
    values = {name: step.data[name] for name in names}
    return {"report": step.case, "recorded_by": step.actor, "recorded_at": step.at, **values}


def void(step: Step) -> None:
    """The row stays, with why it does not count."""
    row = step.data["outcome"]
    type(row).objects.filter(pk=row.pk).update(voided_at=step.at, void_reason=step.data["reason"])
    step.facts["voided"] = str(row)


def to_proposal(step: Step) -> None:
    """The handler and this act stand or fall together."""
    report = step.case
    wanted = conversions.Wanted(
        step.actor.person_id, report.title, "\n".join(filter(None, (report.situation, report.causes))),
        tuple(line for line in report.suggestions.splitlines() if line.strip()), f"社情民意 {report.number}",
        report.organization_id,
    )  # fmt: skip
    step.write(became_proposal=conversions.to_proposal(wanted)[:120])
    step.facts["became_proposal"] = report.became_proposal
