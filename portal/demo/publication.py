"""What the demonstration county has published, as the portal would have kept it; and one rating for the audit to look at."""

from collections import defaultdict

from django.db.models import Prefetch

from documents.masking.texts import Rules
from proposals.kinds import Disclosure
from proposals.models import Assignment, Proposal, Publication, Rating
from proposals.publishing.drafts import draft_of, publication_of

UNIT_ACCOUNT = "danwei"
BATCH = 500


def fill() -> None:
    """The publications of all published cases, in a fixed number of queries."""
    shares = Assignment.objects.current().answering().select_related("unit").order_by("position", "pk")
    shares = shares.prefetch_related("replies__answers", "replies__commitments__owner")
    rows = Proposal.objects.filter(published_at__isnull=False).for_acting().order_by("pk")
    rows = rows.prefetch_related("suggestions", Prefetch("assignments", shares, to_attr="answering_shares"))
    Publication.objects.bulk_create((_publication(row) for row in rows), batch_size=BATCH)
    _flag_one()


def _publication(proposal: Proposal) -> Publication:
    """Everything `draft_of` would ask for is at hand already."""
    answers, promises, replies = defaultdict(list), defaultdict(list), []
    for share in proposal.answering_shares:
        for reply in share.replies.all():
            if reply.round == share.round and reply.disclosure == Disclosure.PUBLIC:
                reply.assignment = share
                replies.append(reply)
                answers[reply.pk], promises[reply.pk] = list(reply.answers.all()), list(reply.commitments.all())
    proposal.__dict__ |= {
        "_present_replies": replies, "_suggestions": list(proposal.suggestions.all()), "_answers": answers,
        "_promises": promises,
    }  # fmt: skip
    return publication_of(draft_of(proposal, Rules(own=proposal.proposer_name)), None, proposal.published_at)


def _flag_one() -> None:
    """A rating that somebody gave in a browser in which the unit's account had been used that day."""
    last = Rating.objects.filter(deciding=True, by_proxy=False).order_by("-at", "-pk").first()
    if last is not None:
        Rating.objects.filter(pk=last.pk).update(device_note=UNIT_ACCOUNT)
