"""Cases that enter with a past behind them (an old ledger): thousands at once, still by the table.

Only acts that the table gives to SYSTEM and that start from no state can be used. The state comes
from the row's own target, so nobody outside the engine writes one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from . import chain, listeners
from .actors import SYSTEM
from .door import current_door
from .models import Case, Event
from .transition import Process, Step, Transition, process_of

BATCH = 1000


@dataclass
class Record:
    """A case not saved yet. data: what the row's target function asks for. facts: kept in the event.
    `at`: when it happened; only root cases have events and need it."""

    case: Case
    data: dict
    facts: dict = field(default_factory=dict)
    at: datetime | None = None


@transaction.atomic
def record_many(act: str, records: Iterable[Record], *, origin: str, on_behalf_of: str = "") -> int:
    """Save new root cases, each in its state and with the one event that opens its chain.

    The number of statements grows with the batches, not with the cases. Returns how many were saved.
    """
    records = list(records)
    if not records:
        return 0
    process, row = _opening(act, records)
    steps = [_enter(row, record) for record in records]
    model = process.model
    model._base_manager.bulk_create([record.case for record in records], batch_size=BATCH)
    events = [_event(process, row, step, origin, on_behalf_of) for step in steps]
    Event.objects.bulk_create(events, batch_size=BATCH)
    _remember_heads(model, [record.case.pk for record in records])
    for event, record in zip(events, records, strict=True):
        record.case.events_count, record.case.events_head = 1, event.hash
        listeners.tell(event, row, record.case)
    return len(records)


@transaction.atomic
def record_parts(act: str, records: Iterable[Record]) -> int:
    """Save the children of recorded cases in their states; the parent's event speaks for them."""
    records = list(records)
    if not records:
        return 0
    process, row = _opening(act, records)
    for record in records:
        _enter(row, record)
    process.model._base_manager.bulk_create([record.case for record in records], batch_size=BATCH)
    return len(records)


def _opening(act: str, records: list[Record]) -> tuple[Process, Transition]:
    process = process_of(records[0].case)
    for row in process.rows_of(act):
        if not row.sources and SYSTEM.role in row.roles:
            return process, row
    raise ValueError(f"{process.name}: {act} does not record cases.")


def _enter(row: Transition, record: Record) -> Step:
    step = Step(record.case, SYSTEM, record.at or timezone.now(), record.data, record.facts)
    state = row.target_for(step)
    if callable(row.target) and state not in row.target.targets:
        raise ValueError(f"{row.act} cannot lead to {state!r}.")
    record.case.state = state
    return step


def _event(process: Process, row: Transition, step: Step, origin: str, on_behalf_of: str) -> Event:
    door = current_door()
    event = Event(
        process=process.name, object_id=step.case.pk, case_process=process.name, case_id=step.case.pk,
        act=str(row.act), label=row.label, from_state="", to_state=step.case.state,
        actor=None, actor_name=str(step.actor), on_behalf_of=on_behalf_of, data=step.facts,
        happened_at=step.at, recorded_at=timezone.now(), origin=origin, door=door.name, ip=door.ip,
    )  # fmt: skip
    return chain.link(event, 1, "")


def _remember_heads(model, pks: list[int]) -> None:
    """What each case remembers of its chain, in one statement."""
    first = Event.objects.filter(case_process=model.process_name, case_id=OuterRef("pk"), sequence=1)
    model._base_manager.filter(pk__in=pks).update(events_count=1, events_head=Subquery(first.values("hash")))
