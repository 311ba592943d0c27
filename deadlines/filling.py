"""Writing the package's holidays into the calendar table."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from deadlines import library
from deadlines.models import CalendarDay, HolidayNotice, Source
from deadlines.notice_text import NoticeDay

# The holiday system of today (清明, 端午, 中秋) began in 2008; no case is older.
FIRST_KEPT_YEAR = 2008


@dataclass(frozen=True)
class Filled:
    """What one filling changed. `kept` are staff rows that say otherwise than the package."""

    added: list[datetime.date]
    changed: list[datetime.date]
    removed: list[datetime.date]
    kept: list[datetime.date]
    years: list[int]
    without_notice: list[int]

    @property
    def anything(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def default_years() -> range:
    """From the first year kept to the coming one."""
    return range(FIRST_KEPT_YEAR, timezone.localdate().year + 2)


@transaction.atomic
def fill(years: Iterable[int]) -> Filled:
    """Make the library rows of these years what the package says; staff rows stay."""
    years = sorted(set(years))
    covered = [year for year in years if library.has_notice(year)]
    wanted = {day: entry for year in covered for day, entry in library.days_of(year).items()}
    rows = {row.date: row for row in CalendarDay.objects.filter(date__year__in=covered)}
    library_rows = {day: row for day, row in rows.items() if row.source == Source.LIBRARY}
    filled = Filled(
        added=sorted(wanted.keys() - rows.keys()),
        changed=sorted(day for day, row in library_rows.items() if _differs(row, wanted.get(day))),
        removed=sorted(library_rows.keys() - wanted.keys()),
        kept=sorted(day for day, row in rows.items() if _overrules(row, wanted.get(day))),
        years=covered,
        without_notice=[year for year in years if year not in covered],
    )
    _write(filled, wanted, rows)
    return filled


def _differs(row: CalendarDay, entry: library.LibraryDay | None) -> bool:
    return entry is not None and (row.is_workday, row.name) != entry


def _overrules(row: CalendarDay, entry: library.LibraryDay | None) -> bool:
    """Whether a staff row makes a working day of a holiday or the other way round."""
    if row.source == Source.LIBRARY:
        return False
    expected = entry.is_workday if entry else row.date.weekday() < 5
    return row.is_workday != expected


def _write(filled: Filled, wanted: dict, rows: dict) -> None:
    CalendarDay.objects.filter(date__in=filled.removed).delete()
    for day in filled.changed:
        rows[day].is_workday, rows[day].name = wanted[day]
    CalendarDay.objects.bulk_update([rows[day] for day in filled.changed], ["is_workday", "name"])
    CalendarDay.objects.bulk_create(
        CalendarDay(date=day, is_workday=wanted[day][0], name=wanted[day][1], source=Source.LIBRARY)
        for day in filled.added
    )
    known = set(HolidayNotice.objects.values_list("year", flat=True))
    HolidayNotice.objects.bulk_create(
        HolidayNotice(year=year, source=Source.LIBRARY) for year in filled.years if year not in known
    )


@transaction.atomic
def enter_notice(notice: HolidayNotice, days: Iterable[NoticeDay]) -> None:
    """Write the days of a pasted notice in place of what it said before; county rows stay."""
    notice.calendarday_set.all().delete()
    days = {day.date: day for day in days}
    county = CalendarDay.objects.filter(date__in=days, source=Source.COUNTY)
    kept = set(county.values_list("date", flat=True))
    CalendarDay.objects.filter(date__in=days).exclude(date__in=kept).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(
            date=day.date,
            is_workday=day.is_workday,
            name=day.name,
            source=Source.NOTICE,
            notice=notice,
        )
        for day in days.values()
        if day.date not in kept
    )
