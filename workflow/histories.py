"""Whole histories at once, for demonstration data: the table still decides what is possible.

`note` checks each act against its row and moves the case in memory; `write` puts all events
down after the cases themselves have been saved. Guards are not asked: whoever writes a
history answers for its facts, and the invariants are checked afterwards.
"""

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from .chain import link
from .door import COMMAND
from .models import Case, Event
from .transition import process_of

BATCH = 2000


class ImpossibleHistory(ValueError):
    """The table has no such row from this state to that one."""


class History:
    def __init__(self):
        self._steps: list[tuple[Case, Event]] = []

    def note(
        self, case: Case, act: str, actor, at: datetime, to: str | None = None, *,
        reason: str = "", shown=(), **facts,
    ) -> Event:  # fmt: skip
        """Let `case` go through `act`; `actor` is a user or None for the portal itself."""
        process = process_of(case)
        before = case.state
        row = self._row(process, act, before, to)
        case.state = to or before
        case.version += 1
        event = Event(
            process=process.name, act=str(act), label=row.label, from_state=before, to_state=case.state,
            actor=actor, actor_name=str(actor or "系统"), reason=reason, happened_at=at,
            capacity=_capacity(process, row) if actor else "",
            data={**({"shown": [list(pair) for pair in shown]} if shown else {}), **facts},
        )  # fmt: skip
        self._steps.append((case, event))
        return event

    @staticmethod
    def _row(process, act: str, before: str, to: str | None):
        for row in process.rows_of(act):
            opening = not row.sources and not before
            if (opening or before in row.sources) and _leads_to(row, before, to):
                return row
        raise ImpossibleHistory(f"{process.name}: {act} from {before!r} to {to!r}")

    def write(self) -> int:
        """Save every event, chained in the order of time, and the heads of the cases. Returns how many."""
        chains = defaultdict(list)
        for case, event in self._steps:
            root = case.root
            event.object_id, event.case_id = case.pk, root.pk
            event.case_process = root.process_name
            event.recorded_at, event.door, event.origin = timezone.now(), COMMAND, "demo"
            chains[root].append(event)
        for root, events in chains.items():
            self._chain(root, events)
        Event.objects.bulk_create((e for _case, e in self._steps), batch_size=BATCH)
        for model in {type(root) for root in chains}:
            roots = [root for root in chains if type(root) is model]
            model._base_manager.bulk_update(roots, ["events_count", "events_head"], batch_size=500)
        return len(self._steps)

    @staticmethod
    def _chain(root: Case, events: list[Event]) -> None:
        events.sort(key=lambda event: event.happened_at)
        for event in events:
            link(event, root.events_count + 1, root.events_head)
            root.events_count, root.events_head = event.sequence, event.hash


def _capacity(process, row) -> str:
    """The role by which somebody acted, where the row leaves no choice."""
    return str(process.roles(row.roles[0]).label) if len(row.roles) == 1 else ""


def _leads_to(row, before: str, to: str | None) -> bool:
    if row.target is None:
        return to in (None, before)
    if callable(row.target):
        return (to or before) in row.target.targets
    return to == row.target
