"""As it stood at the end of a past day, from the event log: the last state that an act gave a case until then.

A case from an old ledger has one event, which stands at the latest day the row knows of; before it, the days of the
row speak (submitted, handed out). Kind, category, units, texts and visibility are those of now. What has no event goes
by its own dates: contacts, sent replies, seats, sent outcomes, signed minutes, finished work, ratings.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from consultations.kinds import Answer
from consultations.models import ItemNote
from consultations.states import ItemState
from grassroots.kinds import Progress
from proposals.kinds import AssignmentKind, Origin
from proposals.models import Assignment, Contact, Cosignature, Rating, Reply, SuggestionAnswer
from proposals.states import AssignmentState, CosignatureState, ProposalState
from proposals.statistics import Facts
from reports.assessment.measures import ANSWERING, LEDGER, MET, MISSED, UNRECORDED, WAITING
from workflow.models import Event

THEN = "state_then"
# What a condition asks about that changes with time → the column that tells how it was.
COLUMNS = {"state": THEN, "answer": "answer_then", "progress": "progress_then"}


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
        When(Q(submitted_at__lt=until) | Q(submitted_at__isnull=True, session__closes__lte=day), origin=Origin.LEDGER,
             then=Value(ProposalState.SUBMITTED.value)),
        output_field=CharField(),
    )  # fmt: skip
    rows = rows.annotate(**{THEN: Coalesce(last_state("proposal", day), by_dates)})
    return rows.filter(**{f"{THEN}__isnull": False}).exclude(**{f"{THEN}__in": ProposalState.PRIVATE})


def then(condition: Q) -> Q:
    """The same condition about how it was on that day."""
    found = Q(_connector=condition.connector, _negated=condition.negated)
    found.children = [_child(child) for child in condition.children]
    return found


def _child(child):
    if isinstance(child, Q):
        return then(child)
    if not isinstance(child, tuple):
        return child
    name, value = child
    column, mark, lookup = name.partition("__")
    return (COLUMNS.get(column, column) + mark + lookup, value)


def facts(day: date, known: Q | None = None) -> Facts:
    """What was known of the shares at the end of that day. A share that was passed on is two rows with one day of first
    assignment: until then the one, from then on the other."""
    until = end_of(day)
    shares = Assignment.objects.answering().filter(assigned_at__lt=until)
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


# --- Shares, suggestions, co-signatures -------------------------------------------------


def shares(where: Q, day: date):
    """The shares that had been given out and not been recalled, with what a list and 面商率 ask of each (as
    assessment/measures.py asks it of now)."""
    until = end_of(day)
    sent = _sent(until).order_by("-round")
    rows = Assignment.objects.filter(where, assigned_at__lt=until).order_by()
    rows = rows.annotate(state_then=Coalesce(last_state("assignment", day), Value("")))
    rows = rows.exclude(state_then=AssignmentState.RECALLED).annotate(
        last_reply=Subquery(sent.values("pk")[:1]), last_class=Coalesce(Subquery(sent.values("result_class")[:1]), Value("")),
        is_contacted=Exists(Contact.objects.filter(assignment=OuterRef("pk"), on__lte=day)),
    )  # fmt: skip
    return rows.annotate(part_contact=_contacted(day))


def _contacted(day: date) -> Case:
    return Case(
        When(~ANSWERING, then=Value(None)), When(is_contacted=True, then=Value(MET)), When(LEDGER, then=Value(UNRECORDED)),
        When(Q(last_reply__isnull=False) | Q(contact_due_on__lt=day), then=Value(MISSED)), default=Value(WAITING),
        output_field=CharField(),
    )  # fmt: skip


def suggestions(rows):
    """What the latest replies that had been sent say to each suggestion; `rows` come from `shares`."""
    replied = rows.filter(kind__in=AssignmentKind.ANSWERING, last_reply__isnull=False)
    return SuggestionAnswer.objects.filter(reply__in=replied.values("last_reply")).exclude(verdict="").order_by()


def cosigned(day: date):
    """The signatures that had been given by then, whatever became of them."""
    rows = Cosignature.objects.annotate(state_then=last_state("cosignature", day))
    given = Q(state_then__isnull=True, state=CosignatureState.AGREED, answered_at__lt=end_of(day))
    return rows.filter(Q(state_then=CosignatureState.AGREED) | given)


# --- Consultations -------------------------------------------------------------------


def items(rows, day: date):
    """The recommendations of outcomes that had been sent, with what their units had answered by then."""
    until = end_of(day)
    notes = ItemNote.objects.filter(
        item=OuterRef("pk"), kind__in=(ItemNote.Kind.ANSWERED, ItemNote.Kind.ASKED), at__lt=until
    )
    latest = notes.annotate(said_=_said()).order_by("-at", "-pk").values("said_")[:1]
    by_date = Case(When(answered_on__lte=day, then=F("answer")), default=Value(""), output_field=CharField())
    return rows.filter(outcome__sent_on__lte=day).annotate(
        state_then=Coalesce(last_state("recommendation", day), Value(ItemState.WAITING.value)),
        answer_then=Coalesce(Subquery(latest), by_date),
    )


def _said() -> Case:
    """A note of an answer begins with its word; asking again takes the answer back."""
    answered = ItemNote.Kind.ANSWERED
    whens = (When(kind=answered, text__startswith=f"{one.label}：", then=Value(one.value)) for one in Answer)
    return Case(*whens, default=Value(""), output_field=CharField())


def grassroots(name: str, rows, day: date):
    """The rows of one base of 基层协商 that were there by then; a room's organization has its dates."""
    until = end_of(day)
    if name == "items":
        ended = When(ended_on__lte=day, then=F("progress"))
        rows = rows.annotate(progress_then=Case(ended, default=Value(Progress.RUNNING.value), output_field=CharField()))
    return rows.filter({
        "rooms": Q(), "matters": Q(received_at__lt=until), "meetings": Q(signed_at__lt=until),
        "items": Q(meeting__signed_at__lt=until), "ratings": Q(at__lt=until),
    }[name])  # fmt: skip
