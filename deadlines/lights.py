"""The colour of an open step: 绿 in good time, 黄 near, 橙 pressing, 红 overdue."""

import datetime

from django.db import models
from django.utils import timezone

from deadlines import book as books
from deadlines.book import Book
from deadlines.models import DueRule
from deadlines.rules import as_date
from deadlines.working_days import Calendar


class Light(models.TextChoices):
    GREEN = "green", "正常"
    YELLOW = "yellow", "临近"
    ORANGE = "orange", "紧迫"
    RED = "red", "逾期"

    @property
    def colour(self) -> str:
        return {"green": "绿", "yellow": "黄", "orange": "橙", "red": "红"}[self.value]

    @property
    def urgency(self) -> int:
        """0 for green to 3 for red, for sorting."""
        return list(Light).index(self)


def light(  # noqa: PLR0913
    step: str,
    start: datetime.date | datetime.datetime,
    due_on: datetime.date,
    today: datetime.date | None = None,
    kind: str = "",
    *,
    book: Book | None = None,
) -> Light:
    """The light of an open step by the rule in force when it started; raises NoRule.

    `due_on` is the date that holds now (extended, or set by hand), so that the halves are
    halves of the time really given.
    """
    today = today or timezone.localdate()
    if today > due_on:
        return Light.RED
    book = book or books.load()
    rule = book.rule_for(step, as_date(start), kind)
    if rule.yellow_before is None:
        return _by_share(as_date(start), due_on, today, book.calendar)
    return _by_days(rule, (due_on - today).days)


def _by_days(rule: DueRule, days_left: int) -> Light:
    if days_left <= rule.orange_before:
        return Light.ORANGE
    return Light.YELLOW if days_left <= rule.yellow_before else Light.GREEN


def _by_share(start: datetime.date, due_on: datetime.date, today: datetime.date, calendar: Calendar) -> Light:
    """Orange on the last working day, yellow from the half of the working days."""
    left = calendar.workdays_between(today, due_on)
    if left == 0:
        return Light.ORANGE
    total = calendar.workdays_between(start, due_on)
    return Light.YELLOW if left * 2 <= total else Light.GREEN


def remaining(due_on: datetime.date, today: datetime.date | None = None) -> str:
    """还有 3 天到期, 今天到期, 已逾期 2 天; calendar days."""
    days = (due_on - (today or timezone.localdate())).days
    if days > 0:
        return f"还有 {days} 天到期"
    return f"已逾期 {-days} 天" if days else "今天到期"
