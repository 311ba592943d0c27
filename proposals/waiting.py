"""Whether a share that its unit has in hand waits for somebody else just now."""

from django.conf import settings
from django.db.models import Case, Exists, OuterRef, Q, When

from members.periods import today

from .kinds import AssignmentKind
from .models import Assignment, Contact, Reply


def with_waiting(rows):
    """`is_contacted` in this round, and `is_waiting`: for the proposer's comment, or for 会办 opinions once the rest is done."""
    contacts = Contact.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"))
    replies = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"))
    opinions = Assignment.objects.open().filter(lead=OuterRef("pk"), due_on__gte=today())
    awaited, settled = replies.none(), replies.exclude(result_class="")
    if settings.REPLY_DRAFT_FOR_COMMENT:
        sent = replies.filter(draft_sent_at__isnull=False)
        awaited = sent.filter(commented_at__isnull=True, comment_due_on__gte=today())
        settled = sent.exclude(pk__in=awaited.values("pk"))
    rows = rows.annotate(
        is_contacted=Exists(contacts), awaits_comment=Exists(awaited),
        awaits_opinions=Case(
            When(Q(Exists(settled), kind=AssignmentKind.LEAD), then=Exists(opinions)), default=Q(pk__in=[])
        ),
    )  # fmt: skip
    return rows.annotate(is_waiting=Q(awaits_comment=True) | Q(awaits_opinions=True))
