"""What is kept in memory is never older than the tables."""

import datetime
import threading

import pytest
from django.db import connection, transaction

from deadlines import book, calendar, rules
from deadlines.models import CalendarDay, DueRule, Unit
from opinions import defaults as opinions

D = datetime.date
DAY = D(2026, 11, 25)


def _insert_by_sql():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO deadlines_calendarday (date, is_workday, name, source, note)"
            " VALUES (%s, false, '全县放假', 'county', '')",
            [DAY],
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        lambda: CalendarDay.objects.create(date=DAY, name="放假"),
        lambda: CalendarDay.objects.bulk_create([CalendarDay(date=DAY, name="放假")]),
        lambda: CalendarDay.objects.filter(date=D(2026, 10, 1)).update(date=DAY),
        _insert_by_sql,
    ],
    ids=["save", "bulk", "update", "sql"],
)
def test_every_kind_of_write_is_seen(write):
    assert calendar.is_workday(DAY) is True
    write()
    assert calendar.is_workday(DAY) is False


@pytest.mark.django_db
def test_a_deleted_row_and_a_changed_rule_are_seen():
    CalendarDay.objects.filter(date=D(2026, 10, 1)).delete()
    assert calendar.is_workday(D(2026, 10, 1)) is True
    DueRule.objects.filter(step="reply").update(amount=20, unit=Unit.DAYS)
    assert rules.due("reply", D(2026, 11, 2)).on == D(2026, 11, 23)  # the 22nd is a Sunday


@pytest.mark.django_db
def test_nothing_of_a_rolled_back_change_stays():
    for _ in range(2):
        with transaction.atomic():
            CalendarDay.objects.create(date=DAY, name="放假")
            assert calendar.is_workday(DAY) is False
            transaction.set_rollback(True)
        assert calendar.is_workday(DAY) is True
    CalendarDay.objects.create(date=DAY + datetime.timedelta(days=1), name="放假")
    assert calendar.is_workday(DAY) is True
    assert calendar.is_workday(DAY + datetime.timedelta(days=1)) is False


@pytest.mark.django_db
def test_the_same_book_is_shared_while_nothing_changes():
    assert book.load() is book.load()


@pytest.mark.django_db(transaction=True)
def test_a_change_committed_elsewhere_is_seen_here():
    assert calendar.is_workday(DAY) is True

    def elsewhere():
        CalendarDay.objects.create(date=DAY, name="放假")
        connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert calendar.is_workday(DAY) is False


@pytest.mark.django_db(transaction=True)
def test_the_calendar_is_filled_again_after_a_flush():
    """The test before this one ended with one; the tables must not be empty now."""
    assert CalendarDay.objects.count() > 300
    assert DueRule.objects.count() == 16 + len(opinions.RULES) + 7 + 11  # with those of consultations and 基层协商
    assert calendar.is_workday(D(2026, 10, 1)) is False
