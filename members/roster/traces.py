"""What an import does to each row of a table: its values before and after, as they stand in the database."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Field, Model

from members.models import ImportedChange

from .changes import Change
from .entries import Entry
from .plan import Plan

Action = ImportedChange.Action
Key = tuple[str, int]
# Worked out from other fields, and anew with every better dictionary.
DERIVED = {"initials", "stroke_key"}


@dataclass(frozen=True)
class Touch:
    """One row of a table that the import is going to touch, and the row of the roster that is the cause."""

    action: str
    row: Model
    entry: Entry | None = None
    gone: int | None = None  # the key of a row that is to be deleted; Django empties the object's own

    @property
    def key(self) -> Key:
        return self.row._meta.label_lower, self.gone or self.row.pk


def touched(plan: Plan, changes: Iterable[Change]) -> list[Touch]:
    """To be asked before anything is written: afterwards nobody can tell what is new."""
    bodies = [body for register in plan.registers.values() for body in register.new.values()]
    touches = [Touch(Action.CREATED, row) for row in (*plan.new_terms, *bodies)]
    for change in changes:
        touches += _by(change)
    return touches


def _by(change: Change) -> list[Touch]:
    found = [
        (change.person, change.new_person, change.person_fields),
        (change.seat, change.new_seat, change.seat_fields),
    ]
    if change.appointment is not None:
        found.append((change.appointment, change.appointment.pk is None, ["title"]))
    if change.ended_seat is not None:
        found.append((change.ended_seat, False, ["ends"]))
    touches = [
        Touch(Action.CREATED if is_new else Action.CHANGED, row, change.entry)
        for row, is_new, fields in found
        if is_new or fields
    ]
    return touches + [Touch(Action.REMOVED, seat, change.entry, seat.pk) for seat in change.spare_seats]


def stored(rows: Iterable[Model]) -> dict[Key, dict]:
    """The values of these rows as they are stored, one query for each table; the rows stay locked."""
    keys: dict[type[Model], list[int]] = defaultdict(list)
    for row in rows:
        if row.pk is not None:
            keys[type(row)].append(row.pk)
    found = [row for model, pks in keys.items() for row in model._base_manager.select_for_update().filter(pk__in=pks)]
    return {(row._meta.label_lower, row.pk): values(row) for row in found}


def values(row: Model) -> dict:
    """attname → value as JSON keeps it."""
    return {field.attname: _plain(getattr(row, field.attname)) for field in kept(type(row))}


def kept(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _plain(value):
    return value.isoformat() if isinstance(value, (date, datetime)) else value
