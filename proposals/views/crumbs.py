"""Where a page stands: from the home page down."""

from django.urls import reverse

from proposals.models import Proposal


def crumbs_under(here: str) -> list[tuple[str, str]]:
    """A page right under the list of proposals."""
    return [("首页", reverse("home")), ("提案", reverse("proposals:list")), (here, "")]


def crumbs_to(proposal: Proposal, here: str) -> list[tuple[str, str]]:
    """A page of this proposal."""
    home, listing, _ = crumbs_under("")
    return [home, listing, (proposal.short_number, proposal.get_absolute_url()), (here, "")]
