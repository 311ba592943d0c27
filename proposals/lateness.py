"""未按期: which shares are late with what, said once for lists, figures, urging and letters.

A share is late with 签收, 首次联系, 会办意见 or 答复 when that step's date is over and the step is not done. Black
is a share without its first reply when six months have gone since the first assignment (design §8), whoever has it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import BooleanField, Case, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, Value, When
from django.db.models.functions import Least
from django.utils import timezone

from deadlines.rules import ceiling, past_ceiling

from .due_signs import DueSign
from .kinds import AssignmentKind, LateStep
from .models import Assignment, Contact, Reply
from .states import AssignmentState

BLACK, RED = "black", "red"
BLACK_WORD = "超过六个月"


def is_late(step: str, day: date) -> Q:
    """Shares that are late with this step."""
    is_open = Q(state__in=AssignmentState.OPEN)
    if step == LateStep.SIGN:
        return Q(state=AssignmentState.AWAITING_SIGN, sign_due_on__lt=day)
    if step == LateStep.CONTACT:
        contacted = Contact.objects.filter(assignment=OuterRef("pk"), round=1)
        return is_open & Q(round=1, contact_due_on__lt=day) & ~Exists(contacted)
    assists = Q(kind=AssignmentKind.ASSIST)
    over = is_open & Q(due_on__lt=day)
    return over & assists if step == LateStep.OPINION else over & ~assists & ~waits_for_check()


def waits_for_check() -> Q:
    """Replies that the unit signed off in time and that the dispatch office has not checked: not the unit's lateness."""
    return Q(Exists(_signed_in_time().filter(checked_at__isnull=True)), state=AssignmentState.AWAITING_CHECK)


def was_checked_late() -> Q:
    """Replies that the unit signed off in time and that the office checked after the date."""
    return Q(Exists(_signed_in_time().filter(checked_at__date__gt=OuterRef("due_on"))))


def _signed_in_time():
    """The present reply of the outer share."""
    mine = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"))
    return mine.filter(signed_at__date__lte=OuterRef("due_on"))


def is_black(day: date) -> Q:
    """超过六个月未答复."""
    end = timezone.make_aware(datetime.combine(past_ceiling(day), time.max))
    return Q(
        state__in=AssignmentState.OPEN, kind__in=AssignmentKind.ANSWERING, round=1, first_assigned_at__lte=end
    )  # fmt: skip


def is_late_at_all(day: date) -> Q:
    return (
        is_late(LateStep.SIGN, day)
        | is_late(LateStep.CONTACT, day)
        | is_late(LateStep.OPINION, day)
        | is_late(LateStep.REPLY, day)
        | is_black(day)
    )


DATES = {
    LateStep.SIGN: "sign_due_on",
    LateStep.CONTACT: "contact_due_on",
    LateStep.OPINION: "due_on",
    LateStep.REPLY: "due_on",
}


def with_lateness(rows, day: date):
    """Adds `late_<step>` (the date that was missed, or None), `late_since` (the earliest of them) and `is_black`."""
    missed = {
        f"late_{step}": Case(When(is_late(step, day), then=F(name)), default=Value(None), output_field=DateField())
        for step, name in DATES.items()
    }
    rows = rows.annotate(**missed, is_black=ExpressionWrapper(is_black(day), output_field=BooleanField()))
    return rows.annotate(late_since=Least(*map(F, missed)))


@dataclass(frozen=True)
class Missed:
    """A step that is late, and the date it was due."""

    step: LateStep
    due_on: date

    @property
    def label(self) -> str:
        return self.step.label


def missed_by(share: Assignment) -> list[Missed]:
    """What a share read through `with_lateness` is late with, the longest first."""
    found = [(step, getattr(share, f"late_{step}")) for step in LateStep]
    missed = sorted((Missed(step, day) for step, day in found if day), key=lambda missed: missed.due_on)
    if share.is_black and not missed:
        return [Missed(LateStep.REPLY, ceiling(share.first_assigned_at))]
    return missed


def sign_of(share: Assignment, day: date) -> DueSign:
    """Red with the days since the first missed date, or black with those since the six months were over."""
    if share.is_black:
        over = ceiling(share.first_assigned_at)
        return DueSign(over, BLACK, BLACK_WORD, (over - day).days)
    return DueSign(share.late_since, RED, "逾期", (share.late_since - day).days)


def now_late(share: Assignment, day: date) -> Missed | None:
    """What this share is late with longest, asked of the database anew; None while it is in time."""
    row = with_lateness(Assignment.objects.filter(pk=share.pk), day).get()
    return next(iter(missed_by(row)), None)
