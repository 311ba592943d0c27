"""The figures of one session, as the yearly review reports print them (domain.md §0, §5.4).

Every figure is an aggregate over a named population, in a fixed number of queries. Two habits of
counting exist: in `outside` merged proposals stand beside the filed ones, in `inside` among them.
Definitions, each with an example: reports/README.md.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from .kinds import Disposition, Kind, Origin, ResultClass, Satisfaction
from .models import Assignment, Cosignature, Proposal, Rating, Reply
from .states import AssignmentState, CosignatureState, ProposalState

OUTSIDE, INSIDE = "outside", "inside"
COUNTINGS = (OUTSIDE, INSIDE)
NO_CATEGORY = "未分类"
NOT_RECORDED = "unrecorded"

IS_FILED = Q(state__in=ProposalState.FILED_ON)
IS_MERGED = Q(state=ProposalState.MERGED)
IS_NOT_FILED = Q(state=ProposalState.NOT_FILED)
# Handed to units; a ledger row that was filed counts as handed out, whatever else it tells.
IS_HANDLED = Q(state__in=ProposalState.HANDED_ON) | Q(state=ProposalState.FILED, origin=Origin.LEDGER)
FILED_IN = {OUTSIDE: IS_FILED, INSIDE: IS_FILED | IS_MERGED}

WORST_RATING_FIRST = (Satisfaction.DISSATISFIED, Satisfaction.BASICALLY, Satisfaction.SATISFIED)


def session_report(session, counting: str = OUTSIDE) -> dict:
    """The figures of the session, JSON-ready.

    Rates and shares are fractions of 1, not rounded, None where the denominator is 0.
    Raises KeyError for an unknown counting habit.
    """
    received = Proposal.objects.of_session(session).received().order_by()
    filed = received.filter(FILED_IN[counting])
    totals = _totals(received, counting)
    found = answers(received.filter(IS_HANDLED))
    by_kind, by_disposition = totals.pop("by_kind"), totals.pop("by_disposition")
    return {
        **totals,
        "by_kind": by_kind,
        "members_involved": _members_involved(received),
        "by_category": _by_category(filed, totals["filed"]),
        "by_outcome_disposition": by_disposition,
        **_reply_figures(found, totals["handled"]),
        "merges": _merges(received),
    }


def headline(session, known: Q | None = None) -> dict:
    """The figures of `session_report` that leaders read, by the same definitions: totals, replies and ratings.

    `known`: which ratings may be told (`may_be_known`); None for all.
    """
    received = Proposal.objects.of_session(session).received().order_by()
    totals = _totals(received, OUTSIDE)
    return totals | _reply_figures(answers(received.filter(IS_HANDLED), facts_now(known)), totals["handled"])


def may_be_known(day: date) -> Q:
    """What a unit may know of its ratings, so that nothing shows before it has rated too (design §6 评).

    A case closes as soon as the proposer has rated, so "closed" alone would tell; the date has to be over. A ledger's
    ratings have no date; 不满意 opens at once, with the next round.
    """
    return Q(rating_due_on__lt=day) | Q(rating_due_on__isnull=True) | Q(rated_round__lt=F("round"))


def rate(part: int, whole: int) -> float | None:
    """A fraction of 1, not rounded; None of nothing."""
    return part / whole if whole else None


def tenth(value: Fraction) -> Decimal:
    """With one decimal, halves upwards, as a clerk rounds."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _totals(received, counting: str) -> dict:
    """Everything that the proposals' own rows tell, in one query."""
    filed = FILED_IN[counting]
    counts = received.aggregate(
        received=Count("pk"),
        filed=Count("pk", filter=filed),
        merged=Count("pk", filter=IS_MERGED),
        not_filed=Count("pk", filter=IS_NOT_FILED),
        withdrawn=Count("pk", filter=Q(state=ProposalState.WITHDRAWN)),
        pending=Count("pk", filter=Q(state__in=ProposalState.PENDING)),
        handled=Count("pk", filter=IS_HANDLED),
        **{f"kind_{kind}": Count("pk", filter=filed & Q(kind=kind)) for kind in Kind.values},
        **{
            f"way_{way or NOT_RECORDED}": Count("pk", filter=IS_NOT_FILED & Q(disposition=way))
            for way in (*Disposition.values, "")
        },
    )
    kinds = {kind: counts.pop(f"kind_{kind}") for kind in Kind.values}
    ways = {way: counts.pop(f"way_{way}") for way in (*Disposition.values, NOT_RECORDED)}
    handled = counts.pop("handled")
    return {
        **counts, "filing_rate": rate(counts["filed"], counts["received"]), "handled": handled,
        "by_kind": kinds, "by_disposition": ways,
    }  # fmt: skip


def _members_involved(received) -> int:
    return involved(received).count()


def involved(received, cosigned=None):
    """The ids of the distinct persons who are first proposer or co-signer of a received proposal. `cosigned`: the
    signatures that count; None for those that stand."""
    cosigned = Cosignature.objects.filter(state=CosignatureState.AGREED) if cosigned is None else cosigned
    first = received.filter(first_proposer__isnull=False).values_list("first_proposer_id")
    joined = cosigned.filter(proposal__in=received.values("pk"))
    return first.union(joined.order_by().values_list("person_id"))


def _by_category(filed, total: int) -> list[dict]:
    rows = filed.values("business_category__name").annotate(count=Count("pk"))
    rows = rows.order_by(F("business_category__order").asc(nulls_last=True), "business_category_id")
    return [
        {
            "name": row["business_category__name"] or NO_CATEGORY,
            "count": row["count"],
            "share": rate(row["count"], total),
        }
        for row in rows
    ]


def _merges(received) -> list[dict]:
    """How many were merged into each main case, by its number; the main one is not counted."""
    mains = received.model.objects.filter(pk__in=received.filter(IS_MERGED).values("merged_into_id"))
    merged = received.filter(IS_MERGED, merged_into_id=OuterRef("pk")).values("merged_into_id")
    mains = mains.annotate(count=Subquery(merged.annotate(n=Count("pk")).values("n")))
    mains = mains.select_related(None).order_by(F("serial").asc(nulls_last=True), "pk")
    only = mains.only("serial", "ledger_number", "receipt_number")
    return [{"into": main.short_number, "count": main.count} for main in only]


@dataclass(frozen=True)
class Facts:
    """What is known of shares at a moment: those in hand, when one has been answered (Q), the replies that were sent and
    the deciding ratings, both of the outer share and the latest first; `known`: which of the ratings may be told."""

    shares: QuerySet
    replied: Q
    replies: QuerySet
    ratings: QuerySet
    known: Q | None = None


def facts_now(known: Q | None = None) -> Facts:
    """As it stands now. `known` asks about `rated_round` and the share's own columns."""
    return Facts(Assignment.objects.answering().current(), HAS_REPLIED, sent_replies(), deciding_ratings(), known)


def answers(handled, facts: Facts | None = None):
    """One row for each handled proposal with an answering unit, its shares taken together.

    open: shares without a reply. result, attitude, outcome: the least favourable, as rank (the
    higher the worse, None for none). dated: shares with a reply whose date and due date are known. late: those of
    which a reply came after its own due date; a further round with a new date does not make up for it.
    """
    facts = facts or facts_now()
    shares = facts.shares.filter(proposal__in=handled.values("pk"))
    last_reply = facts.replies.values("result_class")[:1]
    class_now = facts.replies.values(now=Coalesce(NullIf("upgraded_to", Value("")), "result_class"))[:1]
    both = Q(sent_at__isnull=False, due_on__isnull=False, assignment__proposal__assigned_at__isnull=False)
    sent = facts.replies.filter(both)
    shares = _with_ratings(shares, facts).annotate(
        share_class=Subquery(last_reply), share_class_now=Subquery(class_now),
        share_dated=Exists(sent), share_late=Exists(sent.filter(sent_at__date__gt=F("due_on"))),
    )  # fmt: skip
    rank = {
        "result": _rank("share_class", ResultClass.WORST_FIRST),
        "result_now": _rank("share_class_now", ResultClass.WORST_FIRST),
        "attitude": _rank("share_attitude", WORST_RATING_FIRST),
        "outcome": _rank("share_rating", WORST_RATING_FIRST),
    }
    return shares.order_by().values("proposal_id").annotate(
        shares=Count("pk"),
        open=Count("pk", filter=~facts.replied),
        rated=Count("share_rating"),
        dated=Count("pk", filter=Q(share_dated=True)),
        late=Count("pk", filter=Q(share_late=True)),
        **{name: Max(expression) for name, expression in rank.items()},
    )  # fmt: skip


def _with_ratings(shares, facts: Facts):
    """`share_attitude` and `share_rating` of the last deciding rating; None where it may not be told."""
    found = {"share_attitude": facts.ratings.values("attitude")[:1], "share_rating": facts.ratings.values("result")[:1]}
    if facts.known is None:
        return shares.annotate(**{name: Subquery(rows) for name, rows in found.items()})
    rounds = Subquery(facts.ratings.values("reply__round")[:1], output_field=IntegerField())
    told = {name: Case(When(facts.known, then=Subquery(rows))) for name, rows in found.items()}
    return shares.annotate(rated_round=rounds).annotate(**told)


# In round 2 the reply of round 1 has been given, whatever the present state.
HAS_REPLIED = Q(state=AssignmentState.REPLIED) | Q(round__gt=1)


def sent_replies():
    """The replies of the outer share that were sent, the latest first."""
    sent = Q(round__lt=F("assignment__round")) | Q(assignment__state=AssignmentState.REPLIED)
    return Reply.objects.filter(sent, assignment_id=OuterRef("pk")).order_by("-round")


def deciding_ratings():
    """The first proposer's ratings of the outer share's replies, the latest first."""
    rows = Rating.objects.filter(deciding=True, reply__assignment_id=OuterRef("pk"))
    return rows.order_by("-reply__round")


def rank_of(value: str, worst_first) -> int:
    """The worst has the highest rank, so that Max finds it."""
    return len(worst_first) - list(worst_first).index(value)


def _rank(field: str, worst_first) -> Case:
    """None where there is nothing."""
    steps = [When(**{field: value}, then=Value(rank_of(value, worst_first))) for value in worst_first]
    return Case(*steps, output_field=IntegerField())


def _reply_figures(answers, handled: int) -> dict:
    replied = Q(open=0)
    rated = replied & Q(rated__gt=0)
    dated = replied & Q(dated=F("shares"))
    counts = answers.aggregate(
        replied=Count("proposal_id", filter=replied),
        returned=Count("proposal_id", filter=rated),
        both_dates=Count("proposal_id", filter=dated),
        on_time=Count("proposal_id", filter=dated & Q(late=0)),
        **_by_rank("result", ResultClass.WORST_FIRST, replied),
        **_by_rank("result_now", ResultClass.WORST_FIRST, replied),
        **_by_rank("attitude", WORST_RATING_FIRST, rated),
        **_by_rank("outcome", WORST_RATING_FIRST, rated),
    )
    return {
        "replied": counts["replied"],
        "reply_rate": rate(counts["replied"], handled),
        "by_result": {value: counts[f"result_{value}"] for value in ResultClass.values},
        "by_result_now": {value: counts[f"result_now_{value}"] for value in ResultClass.values},
        "rating": _rating_figures(counts),
        "on_time": counts["on_time"],
        "dated": counts["both_dates"],
        "on_time_rate": rate(counts["on_time"], counts["both_dates"]),
    }


def _by_rank(name: str, worst_first, among: Q) -> dict:
    return {
        f"{name}_{value}": Count("proposal_id", filter=among & Q(**{name: len(worst_first) - n}))
        for n, value in enumerate(worst_first)
    }


def _rating_figures(counts: dict) -> dict:
    """Each question's rate is of the answers to it: a form that came back without one says nothing of it."""
    graded = {
        asked: {grade: counts[f"{name}_{grade}"] for grade in Satisfaction.values}
        for asked, name in (("attitude", "attitude"), ("result", "outcome"))
    }
    return {
        "sent": counts["replied"],
        "returned": counts["returned"],
        **graded,
        "satisfied_rate": {
            asked: rate(grades[Satisfaction.SATISFIED] + grades[Satisfaction.BASICALLY], sum(grades.values()))
            for asked, grades in graded.items()
        },
        "satisfied_only_rate": {
            asked: rate(grades[Satisfaction.SATISFIED], sum(grades.values())) for asked, grades in graded.items()
        },
    }
