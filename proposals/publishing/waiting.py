"""Cases whose proposer and a unit agreed to publication, and that the committee has neither published nor withdrawn
since the latest reply."""

from django.db.models import Exists, F, OuterRef, Q

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
        Q(published_at__isnull=True) | Q(published_at__lt=F("replied_at")),
        state__in=ProposalState.PUBLISHABLE, publish_consent=True, replied_at__isnull=False,
        moved_offline_at__isnull=True,
    )  # fmt: skip
    once = Publication.objects.filter(proposal=OuterRef("pk"), published_at__gte=OuterRef("replied_at"))
    return rows.filter(Exists(shares.filter(Exists(agreed))), ~Exists(once))
