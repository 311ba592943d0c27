"""What one message reminded of, line by line, with links for what its reader still sees."""

from dataclasses import dataclass
from datetime import date

from deadlines import steps
from deadlines.lights import remaining
from deadlines.rules import as_date
from notices.models import Message
from notices.recipients import places_for


@dataclass(frozen=True)
class Line:
    number: str
    url: str
    title: str
    step: str
    due_on: date
    left: str


def lines(user, message: Message) -> list[Line]:
    """In the order of their dates; a case that the reader does not see any more has no link and no title."""
    rows = list(message.reminders.order_by("due_on", "pk"))
    places, told_on = places_for(user, (row.url for row in rows)), as_date(message.created_at)
    return [
        Line(
            row.number, row.url if places.get(row.url, "") is not None else "", places.get(row.url) or "",
            steps.label(row.step), row.due_on, remaining(row.due_on, told_on),
        )
        for row in rows
    ]  # fmt: skip
