"""Writing down what left the portal."""

from workflow.door import current_door

from .models import ExportRecord, Job
from .models.record import Step


def keep(user, step: str, what: str, rows: int, **more) -> ExportRecord:
    """`more`: asked, columns, audience, purpose, job."""
    door = current_door()
    return ExportRecord.objects.create(
        user=user, step=step, what=what[:100], rows=rows, door=door.name, ip=door.ip, **more
    )


def keep_direct(user, what: str, rows: int) -> None:
    """Of a file that an app below made by itself."""
    keep(user, Step.DIRECT, what, rows)


def of_job(job: Job, user, step: str, rows: int) -> ExportRecord:
    """What a job of a list says about itself stands in its parameters; other kinds only have their label."""
    said = job.parameters.get("record", {})
    told = {name: str(said.get(name, "")) for name in ("asked", "columns", "audience", "purpose")}
    told["asked"], told["purpose"] = told["asked"][:500], told["purpose"][:100]
    return keep(user, step, said.get("what") or job.label, rows, job=job.pk, **told)
