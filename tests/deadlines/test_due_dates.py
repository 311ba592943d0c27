import datetime
from zoneinfo import ZoneInfo

import pytest

from deadlines import calendar, rules
from deadlines.book import NoRule
from deadlines.models import CalendarDay, DueRule, HolidayNotice, Source, Unit
from tests.deadlines import state_council

pytestmark = pytest.mark.django_db

D = datetime.date
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("step", "start", "expected"),
    [
        # Wednesday 22 April 2026: the long weekend of 1 to 5 May lies on the way.
        ("sign", D(2026, 4, 22), D(2026, 4, 27)),
        ("return_request", D(2026, 4, 22), D(2026, 4, 29)),
        ("first_contact", D(2026, 4, 22), D(2026, 5, 15)),
        ("opinion", D(2026, 4, 22), D(2026, 5, 22)),
        ("reply", D(2026, 4, 22), D(2026, 7, 22)),
        ("draft_comment", D(2026, 4, 22), D(2026, 5, 9)),
        ("rating", D(2026, 4, 22), D(2026, 5, 15)),
        ("rehandle", D(2026, 4, 22), D(2026, 5, 22)),
        ("publish", D(2026, 4, 22), D(2026, 5, 22)),
    ],
)
def test_due_date_of_every_step(step, start, expected):
    due = rules.due(step, start)
    assert (due.on, due.start, due.provisional, due.capped) == (expected, start, False, False)


@pytest.mark.parametrize(
    "step, amount",
    [
        ("sign", 3),
        ("return_request", 5),
        ("decide_return", 3),
        ("first_contact", 15),
        ("draft_comment", 10),
        ("rating", 15),
        ("publish", 20),
    ],
)
def test_working_day_steps_by_the_independent_table(step, amount):
    start = D(2020, 1, 1)
    while start < D(2026, 10, 1):
        day, left = start, amount
        while left:
            day += datetime.timedelta(days=1)
            left -= state_council.is_workday(day)
        assert rules.due(step, start).on == day
        start += datetime.timedelta(days=11)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (D(2026, 8, 31), 6, D(2027, 2, 28)),
        (D(2027, 8, 31), 6, D(2028, 2, 29)),
        (D(2026, 11, 30), 3, D(2027, 2, 28)),
        (D(2026, 12, 31), 2, D(2027, 2, 28)),
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2026, 3, 31), 3, D(2026, 6, 30)),
        (D(2026, 10, 15), 3, D(2027, 1, 15)),
        (D(2026, 12, 1), 12, D(2027, 12, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month(start, months, expected):
    assert rules.add_months(start, months) == expected


def test_ceiling_is_six_calendar_months_and_is_not_moved():
    assert rules.ceiling(D(2026, 8, 31)) == D(2027, 2, 28)  # a Sunday
    assert rules.ceiling(D(2026, 4, 22)) == D(2026, 10, 22)
    assert rules.ceiling(datetime.datetime(2026, 4, 22, 17, 0, tzinfo=datetime.UTC)) == D(2026, 10, 23)


def test_a_period_that_ends_on_a_day_off_runs_to_the_next_working_day():
    due = rules.due("reply", D(2026, 7, 3))  # 3 October, in the National Day week
    assert (due.counted_to, due.on, due.moved) == (D(2026, 10, 3), D(2026, 10, 8), True)
    due = rules.due("opinion", D(2026, 1, 15))  # 14 February, a worked Saturday
    assert (due.counted_to, due.on, due.moved) == (D(2026, 2, 14), D(2026, 2, 14), False)


def test_a_reply_is_never_due_after_the_ceiling():
    first, again = D(2026, 3, 6), D(2026, 8, 3)
    due = rules.due("reply", again, no_later_than=rules.ceiling(first))
    assert (due.on, due.capped, due.moved) == (D(2026, 9, 6), True, False)  # a Sunday, not moved
    free = rules.due("reply", D(2026, 3, 6), no_later_than=rules.ceiling(first))
    assert (free.on, free.capped) == (D(2026, 6, 8), False)


def test_a_move_off_a_day_off_stops_at_the_ceiling_too():
    due = rules.due("reply", D(2026, 7, 3), no_later_than=D(2026, 10, 5))
    assert (due.counted_to, due.on, due.capped) == (D(2026, 10, 3), D(2026, 10, 5), True)


def test_the_day_is_that_of_shanghai():
    late = datetime.datetime(2026, 4, 21, 16, 30, tzinfo=datetime.UTC)  # 00:30 on the 22nd here
    assert rules.due("sign", late).start == D(2026, 4, 22)
    local = datetime.datetime(2026, 4, 22, 23, 59, tzinfo=SHANGHAI)
    assert rules.due("sign", local).start == D(2026, 4, 22)


def test_the_last_moment_is_the_end_of_the_day_in_shanghai():
    moment = rules.due("sign", D(2026, 4, 22)).last_moment
    assert moment == datetime.datetime(2026, 4, 27, 23, 59, 59, 999999, tzinfo=SHANGHAI)


def test_crossing_into_a_year_without_notice_is_provisional():
    due = rules.due("publish", D(2026, 12, 14))
    assert (due.on, due.provisional) == (D(2027, 1, 12), True)
    assert rules.due("publish", D(2026, 11, 23)).provisional is False
    assert rules.due("reply", D(2026, 11, 2)).provisional is True
    assert rules.due("reply", D(2026, 9, 1)).provisional is False


def test_the_notice_of_that_year_ends_the_provisional_mark_and_moves_the_date():
    HolidayNotice.objects.create(year=2027)
    CalendarDay.objects.create(date=D(2027, 1, 1), name="元旦", source=Source.NOTICE)
    CalendarDay.objects.create(date=D(2027, 1, 2), is_workday=True, name="调休", source=Source.NOTICE)
    due = rules.due("publish", D(2026, 12, 14))
    assert (due.on, due.provisional) == (D(2027, 1, 11), False)


def test_a_rule_for_the_kind_goes_before_the_general_one():
    DueRule.objects.create(
        step="reply",
        kind="collective",
        amount=5,
        unit=Unit.MONTHS,
        counted_from="交办之日",
        valid_from=D(2026, 1, 1),
    )
    assert rules.due("reply", D(2026, 4, 22), "collective").on == D(2026, 9, 22)
    assert rules.due("reply", D(2026, 4, 22), "individual").on == D(2026, 7, 22)
    assert rules.due("reply", D(2025, 4, 22), "collective").on == D(2025, 7, 22)


def test_the_version_in_force_at_the_start_decides():
    DueRule.objects.filter(step="sign").update(valid_to=D(2026, 4, 22))
    DueRule.objects.create(
        step="sign",
        amount=7,
        unit=Unit.WORKING_DAYS,
        counted_from="交办之日",
        valid_from=D(2026, 4, 23),
    )
    assert rules.due("sign", D(2026, 4, 22)).on == D(2026, 4, 27)
    assert rules.due("sign", D(2026, 4, 23)).on == D(2026, 5, 7)


def test_no_rule_is_refused_with_a_sentence():
    DueRule.objects.filter(step="sign").delete()
    with pytest.raises(NoRule) as refused:
        rules.due("sign", D(2026, 4, 22))
    assert refused.value.sentence == "2026-04-22 没有适用于“签收”的办理期限规则。"
    assert refused.value.next_step == "请提案委在后台“办理期限规则”里补上一条后再试。"


def test_one_query_a_call_and_none_with_a_book(django_assert_num_queries):
    calendar.load()
    with django_assert_num_queries(1):
        rules.due("reply", D(2026, 4, 22))
    with django_assert_num_queries(1):
        calendar.add_workdays(D(2026, 4, 22), 100)
