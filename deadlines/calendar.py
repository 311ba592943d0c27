"""Working days: the State Council's holidays and make-up days, and the county's own.

These functions ask for the calendar at each call (one small query); many questions at once
go to one `Calendar` from `load()`.
"""

import datetime
from typing import NamedTuple

from django.utils import timezone

from deadlines import book
from deadlines.working_days import PROVISIONAL, Calendar

__all__ = [
    "PROVISIONAL",
    "Calendar",
    "Coverage",
    "add_workdays",
    "coverage",
    "is_provisional",
    "is_workday",
    "load",
    "workdays_between",
]


class Coverage(NamedTuple):
    """How far the calendar reaches: `empty` is a fault, `missing` years are a warning."""

    empty: bool
    missing: list[int]


def load() -> Calendar:
    return book.load().calendar


def is_workday(day: datetime.date) -> bool:
    return load().is_workday(day)


def is_provisional(day: datetime.date) -> bool:
    return load().is_provisional(day)


def add_workdays(day: datetime.date, count: int) -> datetime.date:
    return load().add_workdays(day, count)


def workdays_between(start: datetime.date, end: datetime.date) -> int:
    return load().workdays_between(start, end)


def coverage(today: datetime.date | None = None) -> Coverage:
    """Whether this year and the coming one have their notice."""
    calendar = load()
    year = (today or timezone.localdate()).year
    missing = [wanted for wanted in (year, year + 1) if wanted not in calendar.announced]
    return Coverage(empty=not calendar.days, missing=missing)
