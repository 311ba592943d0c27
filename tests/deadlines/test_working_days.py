import datetime

import pytest

from deadlines import calendar, library
from deadlines.filling import fill
from deadlines.models import CalendarDay, HolidayNotice, Source
from tests.deadlines import state_council

pytestmark = pytest.mark.django_db

D = datetime.date
DAY = datetime.timedelta(days=1)


def test_every_day_2020_to_2026_is_as_the_state_council_announced():
    loaded = calendar.load()
    days = list(state_council.every_day())
    assert len(days) == 2557
    wrong = [day for day in days if loaded.is_workday(day) != state_council.is_workday(day)]
    assert wrong == []


def test_the_independent_table_names_make_up_days_that_are_weekends():
    assert [day for day in sorted(state_council.MAKE_UP_DAYS) if day.weekday() < 5] == []
    assert len(state_council.MAKE_UP_DAYS) == 46


def test_announced_years_are_those_with_a_notice():
    years = list(HolidayNotice.objects.order_by("year").values_list("year", flat=True))
    assert years == list(range(2008, 2027))
    assert [year for year in range(2015, 2030) if library.has_notice(year)] == list(range(2015, 2027))


def test_a_year_without_notice_counts_by_statutory_days_and_weekends():
    loaded = calendar.load()
    assert loaded.is_provisional(D(2027, 3, 1)) is True
    assert loaded.is_provisional(D(2026, 12, 31)) is False
    assert loaded.is_workday(D(2027, 10, 1)) is False
    assert loaded.is_workday(D(2027, 10, 8)) is True
    assert loaded.is_workday(D(2027, 10, 9)) is False
    assert loaded.reason(D(2027, 10, 1)) == "国庆节（暂按法定节假日推算）"
    assert loaded.reason(D(2027, 10, 9)) == "星期六"


def test_far_years_are_answered_too():
    assert calendar.is_workday(D(2098, 1, 1)) is False
    assert calendar.is_workday(D(2150, 1, 3)) is False  # a Saturday, beyond the package's tables


def test_a_row_of_the_county_goes_before_the_package():
    CalendarDay.objects.filter(date=D(2026, 10, 1)).update(is_workday=True, source=Source.COUNTY)
    CalendarDay.objects.create(date=D(2026, 3, 12), name="全县植树一天", source=Source.COUNTY)
    CalendarDay.objects.create(date=D(2027, 10, 1), is_workday=True, name="防汛上班")
    assert [calendar.is_workday(D(2026, 10, 1)), calendar.is_workday(D(2026, 3, 12))] == [
        True,
        False,
    ]
    assert calendar.is_workday(D(2027, 10, 1)) is True
    assert calendar.is_provisional(D(2027, 10, 1)) is True


def test_add_workdays_against_walking_the_independent_table():
    loaded = calendar.load()
    start = D(2020, 1, 1)
    while start < D(2026, 9, 1):
        day, left = start, 20
        while left:
            day += DAY
            left -= state_council.is_workday(day)
        assert loaded.add_workdays(start, 20) == day
        assert loaded.workdays_between(start, day) == 20
        start += 7 * DAY


def test_add_workdays_known_answers():
    assert calendar.add_workdays(D(2026, 9, 20), 30) == D(2026, 11, 6)
    assert calendar.add_workdays(D(2026, 2, 13), 1) == D(2026, 2, 14)  # a worked Saturday
    assert calendar.add_workdays(D(2026, 2, 14), 1) == D(2026, 2, 24)  # over the Spring Festival
    assert calendar.add_workdays(D(2025, 12, 31), 1) == D(2026, 1, 4)  # a worked Sunday, next year
    assert calendar.add_workdays(D(2026, 5, 6), -1) == D(2026, 4, 30)
    assert calendar.add_workdays(D(2026, 5, 2), 0) == D(2026, 5, 2)


def test_workdays_between_counts_the_last_day_and_not_the_first():
    assert calendar.workdays_between(D(2026, 11, 23), D(2026, 11, 23)) == 0
    assert calendar.workdays_between(D(2026, 11, 23), D(2026, 11, 27)) == 4
    assert calendar.workdays_between(D(2026, 11, 27), D(2026, 11, 23)) == -4


def test_reasons_are_plain_words():
    loaded = calendar.load()
    assert loaded.reason(D(2026, 11, 23)) == "工作日"
    assert loaded.reason(D(2026, 11, 22)) == "星期日"
    assert loaded.reason(D(2026, 10, 1)) == "国庆节"
    assert loaded.reason(D(2026, 10, 10)) == "调休上班（与10月7日对调）"
    assert loaded.reason(D(2026, 10, 7)) == "调休放假（与10月10日对调）"


def test_coverage_names_the_missing_years():
    assert calendar.coverage(D(2026, 11, 23)) == (False, [2027])
    assert calendar.coverage(D(2025, 11, 23)) == (False, [])
    CalendarDay.objects.all().delete()
    assert calendar.coverage(D(2026, 11, 23)) == (True, [2027])


def test_filling_again_changes_nothing():
    before = list(CalendarDay.objects.order_by("date").values())
    filled = fill(range(2008, 2028))
    assert (filled.anything, filled.kept, filled.without_notice) == (False, [], [2027])
    assert list(CalendarDay.objects.order_by("date").values()) == before


def test_filling_repairs_library_rows_and_keeps_those_of_staff():
    CalendarDay.objects.filter(date=D(2026, 10, 1)).update(is_workday=True)
    CalendarDay.objects.filter(date=D(2026, 10, 2)).delete()
    CalendarDay.objects.create(date=D(2026, 10, 12), name="错的", source=Source.LIBRARY)
    CalendarDay.objects.filter(date=D(2026, 10, 10)).update(is_workday=False, source=Source.COUNTY)
    filled = fill([2026])
    assert filled.changed == [D(2026, 10, 1)]
    assert filled.added == [D(2026, 10, 2)]
    assert filled.removed == [D(2026, 10, 12)]
    assert filled.kept == [D(2026, 10, 10)]
    assert calendar.is_workday(D(2026, 10, 10)) is False
