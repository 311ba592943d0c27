"""The shares that are assessed, with the facts that the measures ask about; and the answers they gave."""

from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)  # fmt: skip
from django.db.models.functions import Coalesce, TruncDate

from proposals.lateness import waits_for_check, was_checked_late
from proposals.models import Assignment, Contact, SuggestionAnswer
from proposals.statistics import deciding_ratings, may_be_known, sent_replies

from .measures import HAS_REPLIED, MEASURES
from .period import Period

YES = Value(True)


def shares(period: Period, day: date, blind: bool = False):
    """The shares in hand or done (会办 too) of the period, each with the part of every measure as `part_<key>`.

    `blind`: only ratings that the unit may know: those whose date is over, and those that led to another round.
    """
    rows = Assignment.objects.current().filter(period.where).order_by()
    return _with_ratings(_with_facts(rows), day, blind).annotate(
        **{f"part_{measure.key}": measure.part(day) for measure in MEASURES}
    )


def _with_facts(rows):
    last = sent_replies()
    answers = SuggestionAnswer.objects.filter(reply=OuterRef("last_reply")).exclude(verdict="")
    contacts = Contact.objects.filter(assignment=OuterRef("pk"))
    return rows.annotate(
        signed_on=TruncDate("signed_at"), replied_on=TruncDate("replied_at"),
        last_reply=Subquery(last.values("pk")[:1]), last_class=Coalesce(Subquery(last.values("result_class")[:1]), Value("")),
        is_contacted=Exists(contacts),
    ).annotate(
        signed_late=_when(Q(signed_on__gt=F("sign_due_on"))),
        replied_late=_when(Q(replied_on__gt=F("due_on")) & ~was_checked_late()), waits_for_check=_when(waits_for_check()),
        is_answered=Exists(answers),
    )  # fmt: skip


def _with_ratings(rows, day: date, blind: bool):
    last = deciding_ratings()
    rows = rows.annotate(
        rated_round=Subquery(last.values("reply__round")[:1], output_field=IntegerField()),
        attitude=Subquery(last.values("attitude")[:1]), outcome=Subquery(last.values("result")[:1]),
    )  # fmt: skip
    known = may_be_known(day) if blind else Q(rated_round__isnull=False)
    return rows.annotate(
        is_rated=_when(Q(rated_round__isnull=False)), is_shown=_when(Q(rated_round__isnull=False) & known)
    )


def answers(rows):
    """What the latest sent replies of these shares say to the suggestions, one row each."""
    replied = rows.filter(HAS_REPLIED, part_adopted__isnull=False)
    return SuggestionAnswer.objects.filter(reply__in=replied.values("last_reply")).exclude(verdict="").order_by()


def _when(condition: Q) -> Case:
    """True or False, never unknown."""
    return Case(When(condition, then=YES), default=Value(False), output_field=BooleanField())
