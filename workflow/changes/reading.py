"""The history of one row, and of everything; each in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import CharField, F, Model, OuterRef, Subquery, Value
from django.utils import timezone

from .entries import Entry, Found, entries
from .tables import Table, tables, tables_of

MOST = 500


def of_object(row: Model, most: int = MOST) -> list[Entry]:
    """What happened to one row, newest first."""
    found = []
    for table in tables_of(type(row)):
        found += _of_row(table, row.pk, most)
    found.sort(key=lambda item: (item.row.pgh_created_at, item.row.pgh_id), reverse=True)
    return entries(found[:most])


def _of_row(table: Table, key, most: int) -> list[Found]:
    rows = table.history._base_manager.filter(**{table.of: key}).select_related("pgh_context")
    rows = list(rows.order_by("-pgh_id")[: most + 1])
    before = [*rows, None][1:]  # newest first: the one before a row is the next
    return [Found(table, row, None if table.owner else old) for row, old in zip(rows, before, strict=False)]


@dataclass(frozen=True)
class Wanted:
    """What of everything is asked for; what is left empty does not matter. `until` is included."""

    label: str = ""
    action: str = ""
    user_id: int | None = None
    since: date | None = None
    until: date | None = None


class Everything:
    """All changes, newest first, as a Paginator wants them: `count()` and slices."""

    def __init__(self, wanted: Wanted):
        chosen = [t for t in tables().values() if wanted.label in ("", t.label)]
        parts = [_filtered(table, wanted) for table in chosen]
        self._keys = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]

    def count(self) -> int:
        return self._keys.count()

    def __getitem__(self, part: slice) -> list[Entry]:
        keys = list(self._keys.order_by("-pgh_at", "pgh_table", "-pgh_key")[part])
        rows = _rows(keys)
        return entries([rows[label, key] for label, key, _at in keys])


def everything(wanted: Wanted) -> Everything:
    return Everything(wanted)


def _filtered(table: Table, wanted: Wanted):
    rows = table.history._base_manager.all()
    if wanted.action:
        rows = rows.filter(pgh_label=wanted.action)
    if wanted.user_id is not None:
        rows = rows.filter(pgh_context__metadata__user=wanted.user_id)
    if wanted.since:
        rows = rows.filter(pgh_created_at__gte=_start(wanted.since))
    if wanted.until:
        rows = rows.filter(pgh_created_at__lt=_start(wanted.until + timedelta(days=1)))
    named = rows.annotate(
        pgh_table=Value(table.label, output_field=CharField()), pgh_key=F("pgh_id"), pgh_at=F("pgh_created_at")
    )
    return named.order_by().values_list("pgh_table", "pgh_key", "pgh_at")


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _rows(keys) -> dict[tuple[str, int], Found]:
    """The rows of the page with the ones before them: two queries for each table on it."""
    by_table = defaultdict(list)
    for label, key, _at in keys:
        by_table[label].append(key)
    found = {}
    for label, ids in by_table.items():
        table = tables()[label]
        for item in _with_previous(table, ids):
            found[label, item.row.pgh_id] = item
    return found


def _with_previous(table: Table, ids: list[int]) -> list[Found]:
    history = table.history._base_manager
    rows = history.filter(pk__in=ids).select_related("pgh_context")
    if table.owner:
        return [Found(table, row) for row in rows]
    earlier = history.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    rows = list(rows.annotate(previous_id=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])))
    before = history.in_bulk([row.previous_id for row in rows if row.previous_id])
    return [Found(table, row, before.get(row.previous_id)) for row in rows]
