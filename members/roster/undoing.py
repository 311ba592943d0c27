"""Takes back an import: what it created is removed, what it changed gets its old values; all of it or nothing.

preview(batch)            # what would happen and what stands in the way; nothing is written
undo(batch, user, why)    # the same, done when nothing stands in the way
"""

from collections import Counter
from dataclasses import dataclass

import pghistory
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import ImportBatch, ImportedChange, Term

from . import since, traces
from .traces import Action, Key

# Children before what they point to; what is put back stands between.
CHILDREN, PARENTS = (
    ("members.appointment", "members.member"),
    ("members.person", "members.organization", "members.term"),
)
BUSY = "撤回时有人正在改这些资料，没有撤回任何内容。请过一会儿再试一次。"


@dataclass(frozen=True)
class Undoing:
    """refusals: what stands in the way, row by row; with any of them nothing is taken back."""

    batch: ImportBatch
    changes: list[ImportedChange]
    refusals: list[since.Refusal]

    @property
    def counts(self) -> Counter:
        return Counter(change.action for change in self.changes)

    @property
    def summary(self) -> str:
        counts, changed = self.counts, (Action.CHANGED, Action.ENDED)
        parts = [f"删去导入时新增的 {counts[Action.CREATED]} 条", f"改回 {sum(counts[a] for a in changed)} 条"]
        parts += [f"放回 {counts[Action.REMOVED]} 条"] if counts[Action.REMOVED] else []
        return "，".join(parts)


def preview(batch: ImportBatch) -> Undoing:
    """Raises ValidationError when it has been taken back already."""
    with transaction.atomic():
        return _look(batch)


def undo(batch: ImportBatch, user, reason: str) -> Undoing:
    """Raises ValidationError without a reason, a second time, or when somebody else is at these rows."""
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": "请写明为什么撤回，例如“选错了届”。"})
    try:
        with pghistory.context(source=f"撤回导入批次 {batch.pk}", **({"user": user.pk} if user else {})):
            return _undo(batch.pk, user, reason[:200])
    except IntegrityError:
        raise ValidationError(BUSY) from None


@transaction.atomic
def _undo(pk: int, user, reason: str) -> Undoing:
    # The same lock as an import: neither runs beside the other.
    list(Term.objects.select_for_update().values_list("pk", flat=True))
    undoing = _look(ImportBatch.objects.select_for_update().get(pk=pk))
    if not undoing.refusals:
        _take_back(undoing.changes)
        batch = undoing.batch
        batch.undone_at, batch.undone_by, batch.undone_reason = timezone.now(), user, reason
        batch.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    return undoing


def _look(batch: ImportBatch) -> Undoing:
    """Locks the rows: nobody changes them, or points to one of them, before this transaction ends."""
    if batch.is_undone:
        when, who = timezone.localtime(batch.undone_at), batch.undone_by or "命令行"
        raise ValidationError(f"导入批次 {batch.pk} 已由{who}于 {when:%Y-%m-%d %H:%M} 撤回，不用再撤回。")
    changes = list(batch.changes.all())
    now = _stored(changes)
    return Undoing(batch, changes, since.refusals(batch, changes, now))


def _stored(changes: list[ImportedChange]) -> dict[Key, dict]:
    return traces.stored(apps.get_model(change.model)(pk=change.object_id) for change in changes)


def _take_back(changes: list[ImportedChange]) -> None:
    _remove(changes, CHILDREN)
    for change in changes:
        if change.action in (Action.CHANGED, Action.ENDED):
            apps.get_model(change.model)._base_manager.filter(pk=change.object_id).update(**change.before)
    for change in changes:
        if change.action == Action.REMOVED:
            apps.get_model(change.model)(pk=change.object_id, **change.before).save(force_insert=True)
    _remove(changes, PARENTS)


def _remove(changes: list[ImportedChange], labels: tuple[str, ...]) -> None:
    for label in labels:
        created = [change.object_id for change in changes if change.action == Action.CREATED and change.model == label]
        apps.get_model(label)._base_manager.filter(pk__in=created).delete()
