"""The calendar and the due rules, read once and shared.

`load()` costs one query (the stamp) while nothing changed. A page with a hundred lights
loads the book once and hands it to each call.
"""

import datetime
import uuid
from dataclasses import dataclass

from deadlines import stamp, steps
from deadlines.models import DueRule
from deadlines.working_days import Calendar, read_calendar


class NoRule(LookupError):
    """No due rule applies on that day: a gap that staff must close in the admin."""

    def __init__(self, step: str, day: datetime.date):
        self.sentence = f"{day:%Y-%m-%d} 没有适用于“{steps.label(step)}”的办理期限规则。"
        self.next_step = "请提案委在后台“办理期限规则”里补上一条后再试。"
        super().__init__(self.sentence + self.next_step)


class SetByPeople(NoRule):
    """The step's date is set by people, case by case: nothing is counted."""

    def __init__(self, step: str, day: datetime.date):
        super().__init__(step, day)
        self.sentence = f"“{steps.label(step)}”的期限不按天数计算：{steps.get(step).counted_from}。"
        self.next_step = "这个日期由谁在何时确定，见事项页面的办理记录。"


@dataclass(frozen=True)
class Book:
    calendar: Calendar
    rules: tuple[DueRule, ...]

    def rule_for(self, step: str, day: datetime.date, kind: str = "") -> DueRule:
        """The version in force on that day; a rule for the kind goes before the general one."""
        valid = [rule for rule in self.rules if rule.step == step and rule.covers(day)]
        for wanted in (kind, ""):
            for rule in valid:
                if rule.kind == wanted:
                    return rule
        raise NoRule(step, day)


# At most one book: the newest this process has read, under the stamp it was read at.
_kept: dict[uuid.UUID, Book] = {}


def load() -> Book:
    """The book as this transaction sees it."""
    now = stamp.current()
    book = _kept.get(now)
    if book is None:
        book = Book(read_calendar(), tuple(DueRule.objects.order_by("step", "kind", "valid_from")))
        _kept.clear()
        if now is not None:
            _kept[now] = book
    return book
