"""Reading the text of the State Council's yearly holiday notice.

Its form has been the same for years: one numbered paragraph a holiday, "M月D日（周X）至…放假", and
"M月D日（周X）上班". What cannot be read, or does not fit the calendar, is refused with a sentence.
"""

import datetime
import re
from typing import NamedTuple

from django.core.exceptions import ValidationError

from deadlines.working_days import ONE_DAY, WEEKDAYS

_SECTION = re.compile(r"[一二三四五六七八九十]+、([^：:。]{2,20})[：:]")
_DATE = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[（(]([^）)]*)[）)])?")
_WRITTEN_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日])")
_LONGEST_HOLIDAY = 15
_HOLIDAYS = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")


class NoticeDay(NamedTuple):
    date: datetime.date
    is_workday: bool
    name: str


def parse(text: str, year: int) -> list[NoticeDay]:
    """Every day the notice of that year names, in order; raises ValidationError."""
    text = re.sub(r"\s+", "", text)
    sections = _SECTION.split(text)[1:]
    if not sections:
        raise ValidationError("没有找到“一、元旦：…”这样的条目，请把通知正文各条完整粘贴进来。")
    days: dict[datetime.date, NoticeDay] = {}
    for name, body in zip(sections[::2], sections[1::2], strict=True):
        for day in _section(name, body, year):
            if day.date in days:
                raise ValidationError(f"{day.date:%Y-%m-%d} 在通知里出现了两次，请核对原文。")
            days[day.date] = day
    _check_complete(days.values())
    return sorted(days.values())


def _check_complete(days) -> None:
    """Half a notice would make working days of the other half's holidays."""
    named = "".join({day.name for day in days if not day.is_workday})
    missing = [holiday for holiday in _HOLIDAYS if holiday not in named]
    if missing:
        raise ValidationError(f"通知里没有{'、'.join(missing)}，请核对是否粘贴完整。")
    if not any(day.is_workday for day in days):
        raise ValidationError("没有找到调休上班的日期，请核对通知是否粘贴完整。")


def _section(name: str, body: str, year: int):
    found = False
    for sentence in body.split("。"):
        if "上班" in sentence:
            for day in _dates(sentence, year):
                yield NoticeDay(day, True, f"{name}调休上班")
        elif "放假" in sentence:
            found = True
            yield from (NoticeDay(day, False, name) for day in _holiday(name, sentence, year))
    if not found:
        raise ValidationError(f"“{name}”这一条没有写明哪天放假，请核对原文。")


def _holiday(name: str, sentence: str, year: int) -> list[datetime.date]:
    dates = _dates(sentence.partition("放假")[0], year)
    first, last = (dates[0], dates[-1]) if dates else (None, None)
    if first is None or len(dates) > 2 or not 0 <= (last - first).days < _LONGEST_HOLIDAY:
        raise ValidationError(f"“{name}”的放假日期看不懂：{sentence[:40]}")
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


def _dates(sentence: str, year: int) -> list[datetime.date]:
    """The dates of one sentence; a missing year or month is that of the date before."""
    month, dates = 0, []
    for written_year, written_month, day, remark in _DATE.findall(sentence):
        year, month = int(written_year or year), int(written_month or month)
        try:
            date = datetime.date(year, month, int(day))
        except ValueError:
            raise ValidationError(f"“{sentence[:40]}”里有不存在的日期，请核对原文。") from None
        _check_weekday(date, remark)
        dates.append(date)
    return dates


def _check_weekday(date: datetime.date, remark: str) -> None:
    written = _WRITTEN_WEEKDAY.search(remark)
    actual = WEEKDAYS[date.weekday()]
    if written and f"星期{written[1]}" != actual:
        raise ValidationError(f"通知里 {date:%Y-%m-%d} 写的是星期{written[1]}，但这一天是{actual}。请核对年度和原文。")
