"""The signs of a text are kept with it at each save, so that submitting only has to hand them on."""

from documents.secrecy.finding import Found
from proposals.models import Proposal

from .finding import found_in


def record(proposal: Proposal, files) -> Found:
    """Look into the stored text and its files, and write what reviewers will be told when it has changed.

    What was found stays at hand as `secrecy_found`, for the page that saved.
    """
    found = found_in(proposal, files)
    signs = found.for_record()
    if signs != proposal.secrecy_signs:
        Proposal._base_manager.filter(pk=proposal.pk).update(secrecy_signs=signs)
        proposal.secrecy_signs = signs
    proposal.secrecy_found = found
    return found
