"""我的待办: what waits for a user in every app, sorted into 逾期, 三日内, 本周, 其他."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from consultations import todo as consultations
from deadlines import book as books
from deadlines.book import Book
from grassroots import todo as grassroots
from members.periods import today
from opinions import todo as opinions
from proposals import todo as proposals
from workflow.asking import answers
from workflow.todo import TodoItem

APPS = (proposals, opinions, consultations, grassroots)
LONG_AGO = datetime(1970, 1, 1, tzinfo=timezone.get_fixed_timezone(0))


class Urgency(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    WEEK = "week"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {"overdue": "逾期", "soon": "三日内", "week": "本周", "other": "其他"}[self.value]


@dataclass
class Group:
    urgency: Urgency
    items: list[TodoItem] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.urgency.label


def todo_for(user, book: Book | None = None) -> list[TodoItem]:
    """Everything the user is to do, what is due first and then what waits longest in front.

    One statement asks all apps where anything waits; only that is read.
    """
    book = book or books.load()
    items = answers(question for app in APPS for question in app.asked(user, book))
    return sorted(items, key=lambda i: (i.due_on or date.max, i.since or LONG_AGO, i.process, i.object_id))


def grouped(items: list[TodoItem]) -> list[Group]:
    """All four groups in the order of urgency, empty ones included."""
    groups = {urgency: Group(urgency) for urgency in Urgency}
    day = today()
    for item in items:
        groups[urgency_of(item.due_on, day)].items.append(item)
    return list(groups.values())


def urgency_of(due_on: date | None, day: date) -> Urgency:
    """三日内 counts today and the three days after it; 本周 runs to Sunday."""
    if due_on is None:
        return Urgency.OTHER
    if due_on < day:
        return Urgency.OVERDUE
    if due_on <= day + timedelta(days=3):
        return Urgency.SOON
    sunday = day + timedelta(days=6 - day.weekday())
    return Urgency.WEEK if due_on <= sunday else Urgency.OTHER
