"""What the `holidays` package knows about China, in the words of our calendar."""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

# Lunar dates are tabulated in the package for these years only.
FIRST_YEAR, LAST_YEAR = 1950, 2099

_SWAPPED = re.compile(r"休息日（由 (\d{4})-(\d{2})-(\d{2}) 调休）")


class LibraryDay(NamedTuple):
    is_workday: bool
    name: str


def has_notice(year: int) -> bool:
    """Whether the package holds the State Council notice of that year.

    The package answers for a year without one too, with the statutory days alone and no
    error. Every notice since 2001 moved at least one weekend, so a worked weekend is the sign.
    """
    return any(day.is_workday for day in days_of(year).values())


@lru_cache(maxsize=200)
def days_of(year: int) -> dict[datetime.date, LibraryDay]:
    """Holidays and worked weekends of one year; statutory days only before its notice."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    # Imported here: it takes half a second that most manage.py commands need not spend.
    from holidays.countries.china import China

    china = China(years=year, language="zh_CN")
    days = {day: LibraryDay(False, _plain(name)) for day, name in china.items() if day.year == year}
    rested_for = _rest_days_by_worked_day(china)
    for day in _weekends(year):
        if china.is_working_day(day):
            days[day] = LibraryDay(True, _worked_name(rested_for.get(day)))
    return days


def _weekends(year: int):
    day = datetime.date(year, 1, 1)
    while day.year == year:
        if day.weekday() >= 5:
            yield day
        day += datetime.timedelta(days=1)


def _rest_days_by_worked_day(china) -> dict[datetime.date, datetime.date]:
    pairs = {}
    for rest, name in china.items():
        match = _SWAPPED.search(name)
        if match:
            pairs[datetime.date(*map(int, match.groups()))] = rest
    return pairs


def _plain(name: str) -> str:
    swapped = _SWAPPED.search(name)
    if swapped:
        return f"调休放假（与{int(swapped[2])}月{int(swapped[3])}日对调）"
    return name.replace("; ", "、")


def _worked_name(rest: datetime.date | None) -> str:
    return f"调休上班（与{rest.month}月{rest.day}日对调）" if rest else "调休上班"
