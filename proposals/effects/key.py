"""重点提案: putting up, consulting, deciding, naming who leads it, summing up."""

from documents.uploads import attach
from proposals.attachments import KEY
from proposals.forms.key import YES
from proposals.key_facts import standing_entry
from proposals.kinds import KeyStatus
from proposals.models import KeyConsultation, KeyProposal
from workflow.transition import Step


def put_up(step: Step) -> None:
    """One that was decided in an earlier year and is not finished is carried over."""
    earlier = KeyProposal.objects.decided().filter(proposal=step.case).exists()
    entry = KeyProposal.objects.create(
        proposal=step.case, year=step.day.year, reason=step.data["reason"], carried_over=earlier,
        put_up_by=step.actor, put_up_at=step.at,
    )  # fmt: skip
    step.facts |= {"key": entry.pk, "year": entry.year}


def consult(step: Step) -> None:
    data = step.data
    KeyConsultation.objects.create(
        entry=standing_entry(step.case), asked=data["asked"], on=data["on"], supports=data["supports"] == YES,
        opinion=data["opinion"], recorded_by=step.actor, recorded_at=step.at,
    )  # fmt: skip


def decide(step: Step) -> None:
    """The year is that of the meeting, when it sat in the year after the putting up."""
    data = step.data
    year = max(standing_entry(step.case).year, data["on"].year)
    entry = _write(
        step, year=year, status=KeyStatus.DECIDED, decided_on=data["on"], document_number=data["document_number"],
        decision=data["reason"],
    )  # fmt: skip
    if data["document"]:
        attach([data["document"].pk], step.actor, KEY, entry.pk)


def decline(step: Step) -> None:
    _write(step, status=KeyStatus.DECLINED, decided_on=step.data["on"], decision=step.data["reason"])


def name_leaders(step: Step) -> None:
    names = ("leader", "leader_title", "supervisor", "supervisor_title", "committee", "plan", "finish_by")
    entry = _write(step, **{name: step.data[name] for name in names})
    step.facts |= {"leader": entry.leader_name, "supervisor": entry.supervisor_name}


def revoke(step: Step) -> None:
    """Who led it is told; afterwards only this event says who that was, and why. The decision stays as it was."""
    entry = _write(step, status=KeyStatus.REVOKED, revoked_at=step.at)
    step.facts["leading"] = [pk for pk in (entry.leader_id, entry.supervisor_id) if pk]


def summarise(step: Step) -> None:
    _write(step, summary=step.data["summary"], summarised_at=step.at)


def _write(step: Step, **values) -> KeyProposal:
    entry = standing_entry(step.case)
    for name, value in values.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(values))
    step.facts |= {"key": entry.pk, "year": entry.year}
    return entry
