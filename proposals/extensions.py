"""What is known of a share's requests for more time, without another query where the row was read with it."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from deadlines.rules import as_date, ceiling

from .models import Assignment
from .states import AssignmentState, ExtensionState

LEAST = timedelta(days=181)  # six months are never shorter


def open_request(share: Assignment) -> int | None:
    """The key of the request that waits for its decision."""
    if "open_extension" in share.__dict__:
        return share.open_extension
    return share.extensions.open().values_list("pk", flat=True).first()


def is_asking(share: Assignment) -> bool:
    return open_request(share) is not None


def was_granted(share: Assignment) -> bool:
    known = getattr(share, "was_extended", None)
    return share.extensions.filter(state=ExtensionState.GRANTED).exists() if known is None else known


def latest(share: Assignment) -> date:
    """The last date that an extension may reach: six months after the first assignment (design §8)."""
    return ceiling(share.first_assigned_at)


def past_ceiling(share: Assignment, day: date) -> bool:
    return day > latest(share)


def age_in_days(share: Assignment, at: datetime | None = None) -> int:
    """Whole days since the unit before the first return got it; the re-assignment does not count anew."""
    return (as_date(at or timezone.now()) - as_date(share.first_assigned_at)).days


def to_reset(rows, day: date):
    """Shares whose date is over and whose six months are over too: the head of 提案委 sets a date."""
    return [share for share in maybe_to_reset(rows, day) if past_ceiling(share, day)]


def maybe_to_reset(rows, day: date):
    """Of these the six months are counted exactly by `past_ceiling`."""
    old = {"first_assigned_at__date__lte": day - LEAST}
    return rows.filter(state__in=AssignmentState.OPEN, round=1, due_on__lt=day, **old).answering()
