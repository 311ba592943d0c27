"""Events whose words must not be shown any more, because a later act of the case took its text out of the system.

The log is append-only, so they stay in it; every page and every answer shows them without what was written.
"""

from collections.abc import Iterable

from .models import Event
from .transition import all_processes, process_named

GONE = "（内容已清除）"


def wipes(event: Event) -> bool:
    """Whether the event's act takes the text of its case out of the system."""
    return any(row.wipes for row in process_named(event.process).rows_of(event.act))


def without_wiped(events: Iterable[Event]) -> list[Event]:
    """The same events, in their order; those before a wiping one lose reason and data, in memory only."""
    events = list(events)
    last = max((place for place, event in enumerate(events) if wipes(event)), default=0)
    for event in events[:last]:
        event.reason, event.data = GONE if event.reason else "", {}
    return events


def is_wiped(event: Event) -> bool:
    """The same of one event by itself; one query."""
    later = Event.objects.filter(
        case_process=event.case_process, case_id=event.case_id, sequence__gt=event.sequence, act__in=wiping_acts()
    )
    return later.exists()


def wiping_acts() -> set[str]:
    return {str(row.act) for process in all_processes() for row in process.transitions if row.wipes}
