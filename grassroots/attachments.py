"""Photos and papers of a matter: for whoever sees it. Never for the public; citizens send none."""

from documents.models import Attachment
from documents.uploads import attach

from .models import Matter

SUBJECT = "grassroots.matter"


def is_visible(user, pk: int, attachment) -> bool:
    return Matter.objects.visible_to(user).filter(pk=pk).exists()


def of_matter(pk: int):
    return Attachment.objects.of(SUBJECT, pk)


def add(step) -> None:
    """The effect of the act that adds one."""
    attach([step.data["file"].pk], step.actor, SUBJECT, step.case.pk)
