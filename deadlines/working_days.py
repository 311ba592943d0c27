"""The calendar in memory: which day is worked, and why."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from deadlines import library
from deadlines.models import CalendarDay, HolidayNotice

ONE_DAY = datetime.timedelta(days=1)
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
PROVISIONAL = "暂按法定节假日推算"


class Day(NamedTuple):
    is_workday: bool
    name: str


@dataclass(frozen=True)
class Calendar:
    """Every exceptional day in the table, and the years whose notice is known.

    In a year without notice the statutory holidays and weekends count, and rows of the
    table (the county's own days off) stand above them.
    """

    days: Mapping[datetime.date, Day]
    announced: frozenset[int]

    def is_workday(self, day: datetime.date) -> bool:
        exception = self._exception(day)
        return exception.is_workday if exception else day.weekday() < 5

    def is_provisional(self, day: datetime.date) -> bool:
        return day.year not in self.announced

    def add_workdays(self, day: datetime.date, count: int) -> datetime.date:
        """The `count`-th working day after `day` (before it, when negative); 0 is `day` itself."""
        step = ONE_DAY if count >= 0 else -ONE_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, start: datetime.date, end: datetime.date) -> int:
        """Working days after `start` up to and including `end`; negative when `end` is earlier."""
        if end < start:
            return -self.workdays_between(end, start)
        days = (end - start).days
        return sum(self.is_workday(start + datetime.timedelta(days=n)) for n in range(1, days + 1))

    def next_workday(self, day: datetime.date) -> datetime.date:
        """`day` itself when it is worked, otherwise the first working day after it."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def reason(self, day: datetime.date) -> str:
        """Why the day counts or not, in plain words: 工作日, 星期六, 国庆节, 调休上班."""
        exception = self._exception(day)
        if exception is None:
            return "工作日" if day.weekday() < 5 else WEEKDAYS[day.weekday()]
        if day in self.days or not self.is_provisional(day):
            return exception.name
        return f"{exception.name}（{PROVISIONAL}）"

    def _exception(self, day: datetime.date) -> Day | library.LibraryDay | None:
        row = self.days.get(day)
        if row is None and day.year not in self.announced:
            return library.days_of(day.year).get(day)
        return row


def read_calendar() -> Calendar:
    """Straight from the tables, two queries."""
    rows = CalendarDay.objects.values_list("date", "is_workday", "name")
    return Calendar(
        days={date: Day(is_workday, name) for date, is_workday, name in rows},
        announced=frozenset(HolidayNotice.objects.values_list("year", flat=True)),
    )
