"""The cases merged into one, for those who have to answer their proposers."""

from proposals.models import Proposal


def with_texts(proposal: Proposal) -> list[Proposal]:
    """In the order in which they were numbered, with their suggestions."""
    rows = proposal.merged_proposals.select_related("session__term", "first_proposer", "organization")
    return list(rows.prefetch_related("suggestions").order_by("serial", "pk"))
