"""When a step is due.

How a period is counted follows the Civil Code §§201-203 (docs/decisions/deadlines.md): the day
of the event is not counted; months end on the same day of the month, or on the last day of a
shorter month; a period in days or months that ends on a day off runs to the next working day.
A due date is a date; its last moment is the end of that day in Asia/Shanghai.
"""

import calendar
import datetime
from dataclasses import dataclass

from django.utils import timezone

from deadlines import book as books
from deadlines.book import Book, NoRule, SetByPeople
from deadlines.models import DueRule, Unit

__all__ = ["CEILING_MONTHS", "Due", "NoRule", "add_months", "as_date", "ceiling", "due"]

# A reply is never due later than this after the first assignment; then 提案委 sets a date.
CEILING_MONTHS = 6


@dataclass(frozen=True)
class Due:
    """`counted_to` is the end of the period itself, `on` the due date after moving off a day off
    or being cut (`capped`) by the ceiling. `provisional`: rests on a year without notice."""

    on: datetime.date
    start: datetime.date
    rule: DueRule
    provisional: bool
    counted_to: datetime.date
    capped: bool = False

    @property
    def moved(self) -> bool:
        return self.on > self.counted_to

    @property
    def last_moment(self) -> datetime.datetime:
        end = datetime.datetime.combine(self.on, datetime.time.max)
        return timezone.make_aware(end)


def due(
    step: str,
    start: datetime.date | datetime.datetime,
    kind: str = "",
    no_later_than: datetime.date | None = None,
    book: Book | None = None,
) -> Due:
    """When `step` is due that was set off at `start`; raises NoRule.

    `no_later_than` cuts the result and is itself not moved off a day off: pass
    `ceiling(first_assigned)` for a reply. It may lie before `start`; then a date has to be set by hand.
    """
    book = book or books.load()
    first_day = as_date(start)
    rule = book.rule_for(step, first_day, kind)
    if rule.unit == Unit.SET:
        raise SetByPeople(step, first_day)
    counted_to = _counted_to(rule, first_day, book)
    on = book.calendar.next_workday(counted_to)
    capped = no_later_than is not None and no_later_than < on
    on = no_later_than if capped else on
    return Due(on, first_day, rule, _is_provisional(rule, first_day, on, book), counted_to, capped)


def ceiling(first_assigned: datetime.date | datetime.datetime) -> datetime.date:
    """The last date a reply may ever be due on: six calendar months after first assignment."""
    return add_months(as_date(first_assigned), CEILING_MONTHS)


def past_ceiling(day: datetime.date) -> datetime.date:
    """The last day of first assignment whose ceiling lies before `day`: whoever was assigned later has time left."""
    last = add_months(day, -CEILING_MONTHS) + datetime.timedelta(days=3)
    while ceiling(last) >= day:
        last -= datetime.timedelta(days=1)
    return last


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day `months` later, or the last day of that month: 31 Aug + 6 is 28 or 29 Feb."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def as_date(moment: datetime.date | datetime.datetime) -> datetime.date:
    """The date in Asia/Shanghai; a naive datetime is taken as local."""
    if not isinstance(moment, datetime.datetime):
        return moment
    return timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()


def _counted_to(rule: DueRule, start: datetime.date, book: Book) -> datetime.date:
    match rule.unit:
        case Unit.WORKING_DAYS:
            return book.calendar.add_workdays(start, rule.amount)
        case Unit.DAYS:
            return start + datetime.timedelta(days=rule.amount)
        case _:
            return add_months(start, rule.amount)


def _is_provisional(rule: DueRule, start: datetime.date, on: datetime.date, book: Book) -> bool:
    """Working days look at every year on the way, other periods at the last day only."""
    first = start + datetime.timedelta(days=1) if rule.unit == Unit.WORKING_DAYS else on
    years = range(min(first, on).year, on.year + 1)
    return any(year not in book.calendar.announced for year in years)
