"""Keeps what an import did, so that it can be looked at and taken back."""

from django.utils import timezone

from documents.sheets.reading import Book
from documents.sheets.reports import Report
from members.models import ImportBatch, ImportedChange

from . import traces
from .traces import Action, Key, Touch

BATCH = 500


def keep(report: Report, book: Book, user, touches: list[Touch], before: dict[Key, dict]) -> ImportBatch | None:
    """In the transaction of the import, after everything has been written. Nothing done, nothing kept."""
    after = traces.stored(touch.row for touch in touches if touch.action != Action.REMOVED)
    changes = list(filter(None, (_change(touch, before, after) for touch in touches)))
    if not changes:
        return None
    batch = ImportBatch.objects.create(
        purpose=ImportBatch.Purpose.ROSTER, file_name=report.file[-255:], sha256=book.sha256, target=report.target,
        rows=report.rows, added=report.added, updated=report.updated, unchanged=report.unchanged,
        imported_at=timezone.now(), imported_by=user,
    )  # fmt: skip
    for change in changes:
        change.batch = batch
    ImportedChange.objects.bulk_create(changes, batch_size=BATCH)
    return batch


def _change(touch: Touch, before: dict[Key, dict], after: dict[Key, dict]) -> ImportedChange | None:
    """A changed row keeps the fields that differ, one that comes or goes all of them."""
    old, new = before.get(touch.key, {}), after.get(touch.key, {})
    if touch.action == Action.CHANGED:
        differing = [name for name in new if old[name] != new[name]]
        old, new = ({name: side[name] for name in differing} for side in (old, new))
        if not differing:
            return None
    model, pk = touch.key
    reader = touch.entry.reader if touch.entry else None
    return ImportedChange(
        sheet=reader.sheet[:40] if reader else "", row=reader.number if reader else 0,
        who=(touch.entry.name if touch.entry else str(touch.row))[:80], model=model, object_id=pk,
        action=_action(touch, old, new), before=old, after=new,
    )  # fmt: skip


def _action(touch: Touch, old: dict, new: dict) -> str:
    ended = touch.action == Action.CHANGED and "ends" in new and old["ends"] is None
    return Action.ENDED if ended else touch.action
