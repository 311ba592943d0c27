"""The State Council's holiday notices 2020-2026, written from the notices themselves.

Independent of the package that fills the calendar: it is what the calendar is held against.
Per year: holidays as "first[-last]" and the weekend days that are worked.
"""

import datetime

NOTICES = {
    # 国办发明电〔2019〕16号; the Spring Festival was prolonged to 2 February by 国办发明电〔2020〕1号,
    # which cancelled the make-up day of 1 February.
    2020: (
        "1.1 1.24-2.2 4.4-4.6 5.1-5.5 6.25-6.27 10.1-10.8",
        "1.19 4.26 5.9 6.28 9.27 10.10",
    ),
    # 国办发明电〔2020〕27号
    2021: (
        "1.1-1.3 2.11-2.17 4.3-4.5 5.1-5.5 6.12-6.14 9.19-9.21 10.1-10.7",
        "2.7 2.20 4.25 5.8 9.18 9.26 10.9",
    ),
    # 国办发明电〔2021〕11号
    2022: (
        "1.1-1.3 1.31-2.6 4.3-4.5 4.30-5.4 6.3-6.5 9.10-9.12 10.1-10.7 12.31",
        "1.29 1.30 4.2 4.24 5.7 10.8 10.9",
    ),
    # 国办发明电〔2022〕16号; its New Year begins on 31 December 2022
    2023: (
        "1.1-1.2 1.21-1.27 4.5 4.29-5.3 6.22-6.24 9.29-10.6",
        "1.28 1.29 4.23 5.6 6.25 10.7 10.8",
    ),
    # 国办发明电〔2023〕7号
    2024: (
        "1.1 2.10-2.17 4.4-4.6 5.1-5.5 6.10 9.15-9.17 10.1-10.7",
        "2.4 2.18 4.7 4.28 5.11 9.14 9.29 10.12",
    ),
    # 国办发明电〔2024〕12号
    2025: (
        "1.1 1.28-2.4 4.4-4.6 5.1-5.5 5.31-6.2 10.1-10.8",
        "1.26 2.8 4.27 9.28 10.11",
    ),
    # 国办发明电〔2025〕7号
    2026: (
        "1.1-1.3 2.15-2.23 4.4-4.6 5.1-5.5 6.19-6.21 9.25-9.27 10.1-10.7",
        "1.4 2.14 2.28 5.9 9.20 10.10",
    ),
}

# The 2026 notice as published, from the first paragraph to the last.
TEXT_OF_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。

三、清明节：4月4日（周六）至6日（周一）放假，共3天。

四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。

五、端午节：6月19日（周五）至21日（周日）放假，共3天。

六、中秋节：9月25日（周五）至27日（周日）放假，共3天。

七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。

鼓励单位和个人结合落实带薪年休假等制度，实际形成较长假期，推动错峰出行。
"""


def _day(year: int, text: str) -> datetime.date:
    month, day = text.split(".")
    return datetime.date(year, int(month), int(day))


def _days(year: int, text: str):
    first, _, last = text.partition("-")
    day, end = _day(year, first), _day(year, last or first)
    while day <= end:
        yield day
        day += datetime.timedelta(days=1)


HOLIDAYS = {day for year, (off, _) in NOTICES.items() for part in off.split() for day in _days(year, part)}
MAKE_UP_DAYS = {day for year, (_, on) in NOTICES.items() for part in on.split() for day in _days(year, part)}


def is_workday(day: datetime.date) -> bool:
    """By the notices alone; only for the years of NOTICES."""
    assert day.year in NOTICES, day
    if day in MAKE_UP_DAYS:
        return True
    return day.weekday() < 5 and day not in HOLIDAYS


def every_day():
    day = datetime.date(min(NOTICES), 1, 1)
    while day.year in NOTICES:
        yield day
        day += datetime.timedelta(days=1)
