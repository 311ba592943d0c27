"""Whether a share that its unit has in hand waits for somebody else just now."""

from django.conf import settings
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value

from members.periods import today

from .kinds import AssignmentKind
from .models import Assignment, Contact, Rating, Reply
from .replies import DISSATISFIED, OTHER_THAN_SENT
from .states import AssignmentState


def with_waiting(rows):
    """`is_contacted` in this round, and `is_waiting`: for the proposer's comment, or for 会办 opinions once the rest is done.

    `has_other_draft`: its class or verdicts are not those on which the proposer was asked.
    `may_rate_proposal`: answered, and its unit may still rate the proposal.
    """
    contacts = Contact.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"))
    replies = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"))
    opinions = Assignment.objects.open().filter(lead=OuterRef("pk"), due_on__gte=today())
    settled = awaited = replies.exclude(result_class="")
    if settings.REPLY_DRAFT_FOR_COMMENT:
        sent = replies.filter(draft_sent_at__isnull=False)
        awaited = sent.filter(~OTHER_THAN_SENT, commented_at__isnull=True, comment_due_on__gte=today())
        settled = sent.filter(Q(commented_at__isnull=False) | ~Q(comment_due_on__gte=today()))
    for_comment = Exists(awaited) if settings.REPLY_DRAFT_FOR_COMMENT else Value(False)
    is_lead = Q(kind=AssignmentKind.LEAD)
    rows = rows.annotate(
        is_contacted=Exists(contacts), has_other_draft=Exists(replies.filter(OTHER_THAN_SENT)), awaits_comment=for_comment,
        awaits_opinions=ExpressionWrapper(is_lead & Q(Exists(settled)) & Q(Exists(opinions)), BooleanField()),
        may_rate_proposal=ExpressionWrapper(_to_rate_proposal(), BooleanField()),
    )  # fmt: skip
    return rows.annotate(is_waiting=ExpressionWrapper(Q(awaits_comment=True) | Q(awaits_opinions=True), BooleanField()))


def _to_rate_proposal() -> Q:
    """Replies sent, whose proposals the unit may still rate: within the time, and not in a round that 不满意 ended."""
    replies = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"), sent_at__isnull=False)
    refused = Rating.objects.filter(DISSATISFIED, reply=OuterRef("pk"), deciding=True)
    waiting = replies.filter(~Exists(refused), quality__isnull=True)
    return Q(Exists(waiting), state=AssignmentState.REPLIED, rating_due_on__gte=today())
