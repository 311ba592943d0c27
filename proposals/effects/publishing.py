"""公开: what is published is kept as it was published; withdrawn, it is gone at once."""

from proposals.models import Publication
from proposals.publishing.drafts import publication_of
from workflow.transition import Step


def publish(step: Step) -> None:
    step.made = publication_of(step.data["draft"], step.actor, step.at)
    step.made.save(force_insert=True)
    step.write(published_at=step.at)
    step.facts["publication"] = step.made.pk


def unpublish(step: Step) -> None:
    Publication.objects.current().filter(proposal=step.case).update(
        withdrawn_at=step.at, withdrawn_by=step.actor, withdrawal_reason=step.data["reason"]
    )
    step.write(published_at=None)
