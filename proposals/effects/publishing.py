"""公开: what is published is kept as it was published; withdrawn, it is gone at once."""

from proposals.models import Publication
from proposals.publishing.drafts import publication_of
from workflow.transition import Step


def publish(step: Step) -> None:
    _withdraw(step, "公开新的文本")
    step.made = publication_of(step.data["draft"], step.actor, step.at)
    step.made.save(force_insert=True)
    step.write(published_at=step.at)
    step.facts["publication"] = step.made.pk


def unpublish(step: Step) -> None:
    _withdraw(step, step.data["reason"])
    step.write(published_at=None)


def _withdraw(step: Step, reason: str) -> None:
    Publication.objects.current().filter(proposal=step.case).update(
        withdrawn_at=step.at, withdrawn_by=step.actor, withdrawal_reason=reason
    )
