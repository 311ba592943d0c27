"""As it stood at the end of a past day, from the event log: the last state that an act gave a case until then.

A case from an old ledger has one event, which stands at the latest day the row knows of; before it, the days of the
row speak (submitted, handed out). Kind, category and units are those of now.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from proposals.kinds import Origin
from proposals.models import Assignment, Rating, Reply
from proposals.states import AssignmentState, ProposalState
from proposals.statistics import Facts
from workflow.models import Event

THEN = "state_then"


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def last_state(process: str, day: date) -> Subquery:
    """Of the outer row: the state in which the last event until the end of the day left it; None without any."""
    events = Event.objects.filter(process=process, object_id=OuterRef("pk"), happened_at__lt=end_of(day))
    return Subquery(events.exclude(to_state="").order_by("-sequence").values("to_state")[:1])


def proposals(rows, day: date):
    """The proposals that had been received by the end of the day, each with its state then."""
    until = end_of(day)
    by_dates = Case(
        When(origin=Origin.LEDGER, assigned_at__lt=until, then=Value(ProposalState.HANDLING.value)),
        When(Q(submitted_at__lt=until) | Q(submitted_at__isnull=True), origin=Origin.LEDGER,
             then=Value(ProposalState.SUBMITTED.value)),
        output_field=CharField(),
    )  # fmt: skip
    rows = rows.annotate(**{THEN: Coalesce(last_state("proposal", day), by_dates)})
    return rows.filter(**{f"{THEN}__isnull": False}).exclude(**{f"{THEN}__in": ProposalState.PRIVATE})


def then(condition: Q) -> Q:
    """The same condition about the state of that day."""
    found = Q(_connector=condition.connector, _negated=condition.negated)
    found.children = [_child(child) for child in condition.children]
    return found


def _child(child):
    if isinstance(child, Q):
        return then(child)
    if not isinstance(child, tuple):
        return child
    name, value = child
    return (THEN + name.removeprefix("state"), value) if name.partition("__")[0] == "state" else child


def facts(day: date, known: Q | None = None) -> Facts:
    """What was known of the shares at the end of that day."""
    until = end_of(day)
    shares = Assignment.objects.answering().filter(first_assigned_at__lt=until)
    shares = shares.annotate(share_then=Coalesce(last_state("assignment", day), Value("")))
    sent = _sent(until)
    shares = shares.exclude(share_then=AssignmentState.RECALLED).annotate(answered_then=Exists(sent))
    before = Q(voided_at__isnull=True) | Q(voided_at__gte=until)
    ratings = Rating.every.filter(before, deciding=True, at__lt=until, reply__assignment_id=OuterRef("pk"))
    return Facts(shares, Q(answered_then=True), sent.order_by("-round"), ratings.order_by("-reply__round"), known)


def _sent(until: datetime):
    """The replies of the outer share that had been sent. A ledger's without a date count from the start."""
    undated = Q(sent_at__isnull=True, assignment__state=AssignmentState.REPLIED, round=F("assignment__round"))
    undated &= Q(assignment__proposal__origin=Origin.LEDGER)
    return Reply.objects.filter(Q(sent_at__lt=until) | undated, assignment_id=OuterRef("pk"))
