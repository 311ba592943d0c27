"""What several guards ask about a case beyond its own row, in one query."""

from django.db.models import Exists, OuterRef, Q

from .models import Assignment, ChangeRequest, Proposal
from .states import AssignmentState


def facts_of(proposal: Proposal) -> dict:
    """is_asked (a request waits), is_answered (a reply was sent), has_merged, is_waiting (for a unit's reply): read once for each instance.

    The engine reads every case anew under its lock, so an act never decides on an old answer.
    """
    if "_facts" not in proposal.__dict__:
        proposal._facts = _read(proposal)
    return proposal._facts


def _read(proposal: Proposal) -> dict:
    open_ones = ChangeRequest.objects.open().filter(proposal=OuterRef("pk"))
    sent = Q(state=AssignmentState.REPLIED) | Q(round__gt=1) | Q(replies__sent_at__isnull=False)
    answered = Assignment.objects.current().filter(sent, proposal=OuterRef("pk"))
    merged = Proposal.objects.filter(merged_into=OuterRef("pk"))
    waiting = Assignment.objects.unanswered().filter(proposal=OuterRef("pk"))
    flags = {
        "is_asked": Exists(open_ones), "is_answered": Exists(answered), "has_merged": Exists(merged),
        "is_waiting": Exists(waiting),
    }  # fmt: skip
    return Proposal.objects.order_by().annotate(**flags).values(*flags).get(pk=proposal.pk)
