import datetime

import pytest

from deadlines import book, lights, rules
from deadlines.lights import Light

pytestmark = pytest.mark.django_db

D = datetime.date
GREEN, YELLOW, ORANGE, RED = Light


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (D(2026, 4, 22), GREEN),
        (D(2026, 7, 6), GREEN),  # 16 days left
        (D(2026, 7, 7), YELLOW),  # 15
        (D(2026, 7, 16), YELLOW),  # 6
        (D(2026, 7, 17), ORANGE),  # 5
        (D(2026, 7, 22), ORANGE),  # the due date itself
        (D(2026, 7, 23), RED),
    ],
)
def test_a_long_step_is_yellow_at_15_days_and_orange_at_5(today, expected):
    assert lights.light("reply", D(2026, 4, 22), D(2026, 7, 22), today) == expected


@pytest.mark.parametrize(
    ("step", "start", "colours"),
    [
        # from the day of assignment to the day after the due date, working days only
        ("sign", D(2026, 11, 23), [GREEN, GREEN, YELLOW, ORANGE, RED]),  # 3 working days
        ("return_request", D(2026, 11, 16), [GREEN, GREEN, GREEN, YELLOW, YELLOW, ORANGE, RED]),  # 5
        ("draft_comment", D(2026, 11, 9), [GREEN] * 5 + [YELLOW] * 5 + [ORANGE, RED]),  # 10
        ("publish", D(2026, 10, 12), [GREEN] * 10 + [YELLOW] * 10 + [ORANGE, RED]),  # 20
    ],
)
def test_a_short_step_is_yellow_at_half_and_orange_on_the_last_working_day(step, start, colours):
    due_on = rules.due(step, start).on
    day, seen = start, []
    while len(seen) < len(colours):
        if book.load().calendar.is_workday(day):
            seen.append(lights.light(step, start, due_on, day))
        day += datetime.timedelta(days=1)
    assert seen == colours


def test_a_due_date_set_on_a_day_off_is_orange_from_the_last_working_day_before():
    start, due_on = D(2026, 11, 16), D(2026, 11, 22)  # a Sunday
    seen = [lights.light("sign", start, due_on, D(2026, 11, day)) for day in (19, 20, 21, 22, 23)]
    assert seen == [YELLOW, ORANGE, ORANGE, ORANGE, RED]


def test_an_extended_step_is_judged_by_the_time_really_given():
    start = D(2026, 11, 2)
    assert lights.light("sign", start, D(2026, 11, 5), D(2026, 11, 5)) == ORANGE
    assert lights.light("sign", start, D(2026, 11, 20), D(2026, 11, 5)) == GREEN


def test_words():
    assert [(light.value, light.label, light.colour, light.urgency) for light in Light] == [
        ("green", "正常", "绿", 0),
        ("yellow", "临近", "黄", 1),
        ("orange", "紧迫", "橙", 2),
        ("red", "逾期", "红", 3),
    ]
    today = D(2026, 11, 23)
    assert lights.remaining(D(2026, 11, 26), today) == "还有 3 天到期"
    assert lights.remaining(D(2026, 11, 23), today) == "今天到期"
    assert lights.remaining(D(2026, 11, 21), today) == "已逾期 2 天"


@pytest.mark.parametrize("rows", [1, 100])
def test_a_page_of_lights_costs_one_query(rows, django_assert_num_queries):
    book.load()
    start = D(2026, 11, 16)
    with django_assert_num_queries(1):
        loaded = book.load()
        for number in range(rows):
            due = rules.due("rating", start - datetime.timedelta(days=number), book=loaded)
            lights.light("rating", due.start, due.on, D(2026, 11, 23), book=loaded)
