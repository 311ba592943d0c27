"""A source of due dates of our own: rows for the tests of reminders."""

import datetime
from dataclasses import replace

import pytest

from notices.reminders import sources
from notices.reminders.sources import Audience, DueRow

D = datetime.date
# 2026: Wednesday 22 April; a working week before the long weekend of 1 to 5 May, 9 May is a worked Saturday.
WEDNESDAY = D(2026, 4, 22)


def row(number: int, *holders, due_on: D = WEDNESDAY, step: str = "sign", **fields) -> DueRow:
    people = {Audience.HOLDER: [user.pk for user in holders]}
    people |= {name: [user.pk for user in fields.pop(name)] for name in Audience.LABELS if name in fields}
    return DueRow(
        case_kind="test", case_id=number, step=step, due_on=due_on, started_on=D(2026, 3, 2),
        number=f"第 {number:03} 号", url=f"/proposals/{number}/", people=people, **fields,
    )  # fmt: skip


class Items(list):
    """What is open now; tests put rows in and take them out."""

    def __call__(self, window):
        return [one for one in self if one.due_on <= window.until]

    def __hash__(self):
        return id(self)

    def move(self, number: int, due_on: D) -> None:
        self[:] = [replace(one, due_on=due_on) if one.case_id == number else one for one in self]


@pytest.fixture
def items(monkeypatch):
    found = Items()
    monkeypatch.setattr(sources, "_sources", {found: lambda user: user.is_superuser})
    return found
