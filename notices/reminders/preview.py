"""Who would be reminded of what in the coming days, if nothing were done until then."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model

from deadlines import book as books
from deadlines import steps
from members.periods import today
from members.permissions import permissions_of
from members.posts import posts_of

from .scan import rule_of, window
from .sources import Audience, DueRow, due_rows
from .stages import Stage, coming

DAYS = 30
NAMED = 3  # of those who get a reminder; the others are counted


@dataclass(frozen=True)
class Line:
    """One reminder to come, for all who get it."""

    row: DueRow
    stage: Stage

    @property
    def step(self) -> str:
        return steps.label(self.row.step)

    @property
    def audience(self) -> str:
        return Audience.LABELS[self.stage.audience]

    @property
    def when(self) -> str:
        days = self.stage.offset
        if days < 0:
            return f"逾期第 {-days} 个工作日"
        return f"到期前 {days} 天" if days else "到期当天"

    @property
    def users(self) -> list[int]:
        return sorted(set(self.row.people[self.stage.audience]))


def may_look(user) -> bool:
    """As the admin says, without asking the database for what posts and duties alone decide."""
    return user.is_superuser or "notices.view_reminder" in permissions_of(posts_of(user))


def names_of(users: Iterable[int]) -> Callable[[Iterable[int]], str]:
    """Puts the keys of these users into words; asked once for all of them."""
    found = get_user_model().objects.filter(pk__in=set(users)).select_related("person")
    names = {user.pk: str(user) for user in found}
    return lambda keys: "、".join(names[pk] for pk in keys if pk in names)


def lines(step: str = "") -> list[Line]:
    """By day, then by due date; of one step when it is named. Cases nobody may know of are left out."""
    first, book = today(), books.load()
    last = first + datetime.timedelta(days=DAYS)
    asked = window(first, book, DAYS, with_private=False)
    found = [
        Line(row, stage)
        for row in due_rows(asked)
        if not row.private and (not step or row.step == step) and (rule := rule_of(row, book))
        for stage in coming(row, rule, book.calendar, first, last)
        if row.people.get(stage.audience)
    ]
    return sorted(found, key=lambda one: (one.stage.on, one.row.due_on, one.row.case_kind, one.row.case_id))
