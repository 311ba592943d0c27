"""Dates and months in every form that clerks write."""

import datetime

import pytest

from documents.sheets.dates import NotADate, parse_day, parse_month

DAY = datetime.date(2025, 4, 21)


@pytest.mark.parametrize("value", [
    DAY, datetime.datetime(2025, 4, 21, 9, 30), "2025-4-21", "2025-04-21", "2025.4.21", "2025/04/21",
    "2025年4月21日", "2025 年 4 月 21 日", "２０２５年４月２１日", "20250421", "２０２５０４２１", 20250421, 20250421.0,
    45768, 45768.5, "45768", "2025-04-21 14:00:00", "2025/4/21 9:05", "2025-04-21T00:00:00", " 2025-4-21 ",
    "2025．4．21", "二〇二五年四月二十一日", "二零二五年四月廿一日".replace("廿一", "二十一"),
])  # fmt: skip
def test_one_day_in_many_forms(value):
    assert parse_day(value) == DAY


def test_serial_numbers_count_from_the_workbooks_epoch():
    assert parse_day(45768 - 1462, datetime.datetime(1904, 1, 1)) == DAY


@pytest.mark.parametrize(("value", "reason"), [
    ("2025-02-30", "没有 2025 年 2 月 30 日这一天。请核对"),
    (20251301, "没有 2025 年 13 月 1 日这一天。请核对"),
    ("2025年4月", "只有年月，没有日。请写成 2025-04-21 这样的日期"),
    ("25.4.21", "年份只有两位。请写成 2025-04-21 这样的日期"),
    ("四月底", "不是日期。请写成 2025-04-21 这样的日期"),
    ("2205-04-21", "年份是 2205 年，可能写错了。请核对"),
    ("1895-04-21", "年份是 1895 年，可能写错了。请核对"),
    (7, "不是日期。请写成 2025-04-21 这样的日期"),
    (True, "不是日期。请写成 2025-04-21 这样的日期"),
])  # fmt: skip
def test_what_is_no_day_says_why(value, reason):
    with pytest.raises(NotADate) as refused:
        parse_day(value)
    assert str(refused.value) == reason


@pytest.mark.parametrize("value", [
    "1975-03", "1975.3", "1975年3月", "1975/03", "197503", 197503, 1975.03, "1975-03-12", "1975年3月12日",
    datetime.datetime(1975, 3, 12), 27465, "１９７５．０３",
])  # fmt: skip
def test_one_month_in_many_forms(value):
    assert parse_month(value) == "1975-03"


@pytest.mark.parametrize(("value", "reason"), [
    (1975.1, "分不清是 1 月还是 10 月。请写成 1975-10 这样的年月"),
    ("1975-13", "没有 1975 年 13 月 1 日这一天。请核对"),
    ("七五年", "不是日期。请写成 2025-04-21 这样的日期"),
])  # fmt: skip
def test_what_is_no_month_says_why(value, reason):
    with pytest.raises(NotADate) as refused:
        parse_month(value)
    assert str(refused.value) == reason
