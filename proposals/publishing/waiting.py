"""Cases whose proposer and units agreed to publication, and that the committee has neither published nor withdrawn."""

from django.db.models import Exists, F, OuterRef

from proposals.kinds import Disclosure
from proposals.models import Assignment, Proposal, Publication, Reply
from proposals.states import ProposalState


def waiting_for_publication():
    """To be published within 20 working days of the reply (domain §3.6)."""
    agreed = Reply.objects.filter(
        assignment=OuterRef("pk"), round=F("assignment__round"), disclosure__in=Disclosure.OPEN
    )
    shares = Assignment.objects.current().answering().filter(proposal=OuterRef("pk"))
    rows = Proposal.objects.filter(
        state__in=ProposalState.PUBLISHABLE, published_at__isnull=True, publish_consent=True, replied_at__isnull=False,
        moved_offline_at__isnull=True,
    )  # fmt: skip
    once = Publication.objects.filter(proposal=OuterRef("pk"))
    return rows.filter(Exists(shares), ~Exists(shares.filter(~Exists(agreed))), ~Exists(once))
