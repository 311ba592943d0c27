"""Which reminders a rule gives for one due date, and which of them holds on a day.

`offset` counts from the due date: 5 is five days before, 0 the day itself, -3 three working days late.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from deadlines.models import DueRule, ReminderUnit
from deadlines.working_days import ONE_DAY, Calendar

from .sources import Audience, DueRow

ESCALATIONS = (
    (Audience.UNIT_LEADER, "escalate_unit_leader_after"),
    (Audience.DISPATCH, "escalate_dispatch_after"),
    (Audience.LEADING, "escalate_leading_after"),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """`on`: the working day on which this audience is told; of one that has come, at the latest."""

    audience: str
    offset: int
    on: datetime.date

    @property
    def is_escalation(self) -> bool:
        return self.audience != Audience.HOLDER


def holding(row: DueRow, rule: DueRule, calendar: Calendar, today: datetime.date) -> list[Stage]:
    """For each audience the newest stage whose day has come: what was missed before it is not told any more."""
    late = calendar.workdays_between(row.due_on, today) if row.due_on < today else 0
    reached = [stage for stage in _escalations(row, rule, calendar) if -stage.offset <= late]
    own = _newest(row, rule, calendar, today, late)
    return [*([own] if own else []), *reached]


def _newest(row: DueRow, rule: DueRule, calendar: Calendar, today: datetime.date, late: int) -> Stage | None:
    """The holder's. A rule that does not press the late tells nothing once the date is over."""
    every = rule.remind_overdue_every
    if row.due_on < today and (not every or _rests(row, rule)):
        return None
    if every and late >= every:
        return Stage(Audience.HOLDER, -(late // every * every), today)
    return max((s for s in _before(row, rule, calendar) if s.on <= today), key=lambda s: -s.offset, default=None)


def _rests(row: DueRow, rule: DueRule) -> bool:
    return row.waiting and rule.quiet_while_waiting


def coming(row: DueRow, rule: DueRule, calendar: Calendar, first: datetime.date, last: datetime.date) -> list[Stage]:
    """Every stage from `first` to `last`, if nothing is done until then."""
    stages = [*_before(row, rule, calendar), *_escalations(row, rule, calendar), *_overdue(row, rule, calendar, last)]
    return sorted((s for s in stages if first <= s.on <= last), key=lambda stage: stage.on)


def _before(row: DueRow, rule: DueRule, calendar: Calendar) -> Iterator[Stage]:
    """The day on which the step began tells of itself: its own notice says by when."""
    if _rests(row, rule):
        return
    for offset in rule.reminder_offsets:
        day = _days_before(row.due_on, offset, rule, calendar)
        if day > row.started_on:
            yield Stage(Audience.HOLDER, offset, day)


def _days_before(due_on: datetime.date, offset: int, rule: DueRule, calendar: Calendar) -> datetime.date:
    """Always a working day, and never after the due date: what falls on a day off comes before it if it must."""
    if rule.reminder_unit == ReminderUnit.WORKING_DAYS and offset:
        return calendar.add_workdays(due_on, -offset)
    wanted = due_on - offset * ONE_DAY
    day = calendar.next_workday(wanted)
    return day if day <= due_on else calendar.add_workdays(wanted, -1)


def _escalations(row: DueRow, rule: DueRule, calendar: Calendar) -> Iterator[Stage]:
    for audience, field in ESCALATIONS:
        after = getattr(rule, field)
        if after and row.people.get(audience):
            yield Stage(audience, -after, calendar.add_workdays(row.due_on, after))


def _overdue(row: DueRow, rule: DueRule, calendar: Calendar, last: datetime.date) -> Iterator[Stage]:
    every = rule.remind_overdue_every
    if not every or _rests(row, rule):
        return
    days, day = every, calendar.add_workdays(row.due_on, every)
    while day <= last:
        yield Stage(Audience.HOLDER, -days, day)
        days, day = days + every, calendar.add_workdays(day, every)
