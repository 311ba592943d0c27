"""What is due. Each case app registers one function that gives its open due dates as rows."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from deadlines.book import Book
from members.everybody import Everybody
from workflow.asking import Asked, answers


class Audience:
    """Whom a rule names: who has to act now, and the three to whom lateness is reported."""

    HOLDER, UNIT_LEADER, DISPATCH, LEADING = "holder", "unit_leader", "dispatch", "leading"
    LABELS = {HOLDER: "办理人", UNIT_LEADER: "承办单位领导", DISPATCH: "交办机构", LEADING: "领办督办领导"}


@dataclass(frozen=True, slots=True)
class DueRow:
    """One open due date. `case_kind` and `case_id` are those of what is to be done (a share, a demand, …).

    number, url: how the case is called and where it is; no title and no text. people: audience → ids of active users
    who see the case. waiting: the holder can do nothing now, because somebody else has to act first. private: who
    looks at the preview may not learn that the case exists.
    """

    case_kind: str
    case_id: int
    step: str
    due_on: datetime.date
    started_on: datetime.date
    number: str
    url: str
    people: dict[str, Iterable[int]]
    rule_kind: str = ""
    waiting: bool = False
    private: bool = False


@dataclass(frozen=True)
class Window:
    """What is asked for: everything open that is due up to `until`, late or not. `with_private`: the preview leaves them out."""

    today: datetime.date
    until: datetime.date
    book: Book
    with_private: bool = True

    @cached_property
    def people(self) -> Everybody:
        """Read once, and only when something is due."""
        return Everybody()


Source = Callable[[Window], Iterable[DueRow | Asked]]

_sources: dict[Source, Callable[[object], bool]] = {}
_private_steps: set[str] = set()


def register(source: Source, sees_all: Callable[[object], bool], private_steps: Iterable[str] = ()) -> None:
    """A source gives its rows, or what is to be asked for them. `sees_all(user)`: whether the user may open every case of this source that is not private.

    private_steps: those of which nobody but who is reminded may learn.
    """
    _sources[source] = sees_all
    _private_steps.update(private_steps)


def private_steps() -> set[str]:
    return _private_steps


def sees_all(user) -> bool:
    """Whether this reader of the preview may open all that stands in it."""
    return all(sees(user) for sees in _sources.values())


def due_rows(window: Window) -> list[DueRow]:
    """One statement asks all sources where anything is due; only that is read."""
    return list(answers(question for source in _sources for question in source(window)))
