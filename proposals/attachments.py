"""Files of a proposal: who may fetch them, and keeping them equal to what the writing page shows."""

from collections.abc import Iterable

from django.db import transaction

from documents.models import Attachment
from documents.uploads import attach, detach

from .models import Assignment, Proposal
from .sections.reader import Reader

PROPOSAL = "proposals.proposal"
# What came on paper: with its signatures and numbers, for those who signed it and the committee only.
ENTRY = "proposals.entry"


def proposal_file_visible(user, pk: int, attachment) -> bool:
    return Proposal.objects.visible_to(user).filter(pk=pk).exists()


def entry_file_visible(user, pk: int, attachment) -> bool:
    proposal = Proposal.objects.visible_to(user).with_roles_of(user).filter(pk=pk).first()
    if proposal is None:
        return False
    reader = Reader.of(user, proposal)
    return reader.signs or reader.reviews


def assignment_file_visible(user, pk: int, attachment) -> bool:
    return Assignment.objects.visible_to(user).filter(pk=pk).exists()


def scans_of(proposal: Proposal):
    """The original of a proposal entered by the committee."""
    return Attachment.objects.of(ENTRY, proposal.pk)


def of_proposal(proposal: Proposal):
    return Attachment.objects.of(PROPOSAL, proposal.pk)


@transaction.atomic
def keep(proposal: Proposal, user, ids: Iterable[str]) -> None:
    """Make the proposal's files exactly these; new ones are the user's own uploads.

    Raises ValidationError when one of them cannot be taken. Only for a text the user may write.
    """
    had = {str(pk) for pk in of_proposal(proposal).values_list("pk", flat=True)}
    wanted = list(dict.fromkeys(ids))
    detach(had - set(wanted), PROPOSAL, proposal.pk)
    attach([pk for pk in wanted if pk not in had], user, PROPOSAL, proposal.pk)
