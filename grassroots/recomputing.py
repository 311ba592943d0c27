"""Open dates after the calendar or a rule changed: those that a rule made, not those that people set."""

from deadlines import book as books
from deadlines import recompute as deadlines
from deadlines import rules, steps
from deadlines.book import NoRule
from deadlines.recompute import Change

from .clocks import CLOCKS, MEETING
from .models import Matter

COUNTED = [clock.key for clock in CLOCKS if clock.days is not None]


def register_own() -> None:
    deadlines.register(recompute)


def recompute() -> list[Change]:
    """Set the dates anew by today's book; returns those that moved."""
    book, changes, moved = books.load(), [], []
    rows = Matter.objects.open().filter(step__in=COUNTED).exclude(step=MEETING, meeting_at__isnull=False)
    for matter in rows.select_for_update(of=("self",)).order_by("pk"):
        try:
            on = rules.due(matter.step, matter.step_from, book=book).on
        except NoRule:
            continue
        if on != matter.due_on:
            what = f"{matter.receipt} {steps.label(matter.step)}"
            changes.append(Change(what, matter.due_on, on, matter.get_absolute_url()))
            matter.due_on = on
            moved.append(matter)
    Matter.objects.bulk_update(moved, ["due_on"], batch_size=500)
    return changes
