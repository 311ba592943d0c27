"""Dates as clerks write them: 2025-4-21, 2025.4.21, 2025年4月21日, 20250421, Excel's serial numbers."""

import datetime
import re
import unicodedata

from django.utils import timezone

EARLIEST = 1949
FULL = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:[T ]?\d{1,2}[:时]\d{1,2}.*)?$")
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
MONTH = re.compile(r"^(\d{4})[-./年](\d{1,2})月?$")
COMPACT_MONTH = re.compile(r"^(\d{4})(\d{2})$")
SHORT_YEAR = re.compile(r"^\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?$")
SERIALS = range(18_264, 73_051)  # 1950 to 2099
CHINESE_DIGITS = {char: str(n) for n, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
EXAMPLE = "请写成 2025-04-21 这样的日期"


class NotADate(ValueError):
    """The text is the reason, for people."""


def parse_day(value, epoch: datetime.datetime | None = None, earliest: int = EARLIEST) -> datetime.date:
    """The day a cell means. Raises NotADate with the reason."""
    day = _read(value, epoch)
    if day.year < earliest or day.year > timezone.localdate().year + 1:
        raise NotADate(f"年份是 {day.year} 年，可能写错了。请核对")
    return day


def _read(value, epoch) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value, epoch)
    text = _plain(str(value))
    found = FULL.match(text) or COMPACT.match(text)
    if found:
        return _day(*map(int, found.groups()))
    if text.isascii() and text.isdigit() and int(text) in SERIALS:
        return _from_number(int(text), epoch)
    raise NotADate(_why_not(text))


def parse_month(value, epoch: datetime.datetime | None = None, earliest: int = 1900) -> str:
    """A month as "1975-03"; a whole date gives its month. Raises NotADate."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = _month_typed_as_number(value)
    text = _plain(value) if isinstance(value, str) else ""
    found = MONTH.match(text) or COMPACT_MONTH.match(text)
    whole = _day(int(found[1]), int(found[2]), 1) if found else value
    day = parse_day(whole, epoch, earliest)
    return f"{day.year:04d}-{day.month:02d}"


def _month_typed_as_number(value):
    """1975.03 and 197503 are months, 27454 a serial date; 1975.1 could be January or October."""
    if isinstance(value, float) and 1900 <= value < 2100 and not value.is_integer():
        text = f"{value:.2f}"
        if text.endswith("0"):
            raise NotADate("分不清是 1 月还是 10 月。请写成 1975-10 这样的年月")
        return text
    if 190_000 < value < 210_000:
        return str(int(value))
    return value


def _from_number(value, epoch) -> datetime.date:
    whole = int(value)
    if 19_000_101 <= whole <= 20_991_231 and value == whole:
        return _day(whole // 10_000, whole // 100 % 100, whole % 100)
    if whole in SERIALS:
        start = epoch or datetime.datetime(1899, 12, 30)
        return (start + datetime.timedelta(days=whole)).date()
    raise NotADate(f"不是日期。{EXAMPLE}")


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip()
    if re.match(r"^[二一][〇零○一二三四五六七八九]{3}年", text):
        text = _from_chinese(text)
    return re.sub(r"\s*([-./年月日])\s*", r"\1", text)


def _from_chinese(text: str) -> str:
    """二〇二五年四月二十一日 → 2025年4月21日."""
    year, _, rest = text.partition("年")
    digits = "".join(CHINESE_DIGITS.get(char, char) for char in year)
    return digits + "年" + re.sub(r"[一二三四五六七八九十]+", lambda m: str(_tens(m[0])), rest)


def _tens(text: str) -> int:
    head, ten, tail = text.partition("十")
    value = lambda char: int(CHINESE_DIGITS.get(char, "0") if char else "0")  # noqa: E731
    return (value(head) or 1) * 10 + value(tail) if ten else value(text)


def _day(year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise NotADate(f"没有 {year} 年 {month} 月 {day} 日这一天。请核对") from None


def _why_not(text: str) -> str:
    if MONTH.match(text):
        return f"只有年月，没有日。{EXAMPLE}"
    if SHORT_YEAR.match(text):
        return f"年份只有两位。{EXAMPLE}"
    return f"不是日期。{EXAMPLE}"
