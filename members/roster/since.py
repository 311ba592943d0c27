"""Why something an import did can no longer be taken back: changed since, or in use since. Named with who and when."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.utils import timezone
from pghistory.models import Event

from members.models import ImportBatch, ImportedChange
from workflow.changes.tables import tables

from . import claims, showing, traces
from .traces import Action, Key

PERSON, SEAT = "members.person", "members.member"
CHANGE_BACK = "请先把它改回导入时的内容，或不撤回这一批、单独更正"
IN_USE = "已经在用的不能删除。请不撤回这一批，在后台单独更正或结束这一行"


@dataclass(frozen=True)
class Refusal:
    change: ImportedChange
    reason: str

    @property
    def sentence(self) -> str:
        where = f"第 {self.change.row} 行 " if self.change.row else ""
        title = apps.get_model(self.change.model)._meta.verbose_name
        return f"{where}{self.change.who}（{title}）：{self.reason}。"


def refusals(batch: ImportBatch, changes: list[ImportedChange], now: dict[Key, dict]) -> list[Refusal]:
    """`now`: the values of the rows as they are stored today."""
    found = [*_altered(batch, changes, now), *_used(changes), *_claimed(batch, changes, now)]
    order = {change.pk: place for place, change in enumerate(changes)}
    return sorted(found, key=lambda refusal: order[refusal.change.pk])


# --- changed since ---
def _altered(batch: ImportBatch, changes: list[ImportedChange], now: dict[Key, dict]) -> list[Refusal]:
    found = []
    differing = {change.pk: _differing(change, now) for change in changes}
    altered = [change for change in changes if differing[change.pk]]
    later, last = _later_batches(batch, altered), _last_changes(altered)
    for change in changes:
        if change.action == Action.REMOVED:
            found += [Refusal(change, "同一编号的行又有了，放不回去。请联系管理员核对")] if change.key in now else []
        elif change.key not in now:
            found.append(Refusal(change, "这一行已经不在了。请不撤回这一批，在后台单独更正"))
        for name in differing[change.pk]:
            found.append(Refusal(change, _altered_reason(change, name, now, later, last)))
    return found


def _differing(change: ImportedChange, now: dict[Key, dict]) -> list[str]:
    values = now.get(change.key)
    if values is None or change.action == Action.REMOVED:
        return []
    compared = (name for name in change.after if name not in traces.DERIVED and name in values)
    return [name for name in compared if values[name] != change.after[name]]


def _altered_reason(change, name: str, now, later: dict[Key, int], last: dict) -> str:
    model = apps.get_model(change.model)
    label = next(field.verbose_name for field in traces.kept(model) if field.attname == name)
    imported, current = (showing.field_text(change, name, side) for side in (change.after, now[change.key]))
    by = last.get((*change.key, name), "")
    what = f"“{label}”后来改过{by}：导入时是{imported}，现在是{current}"
    batch = later.get(change.key)
    return f"{what}。{f'请先撤回后来的导入批次 {batch}' if batch else CHANGE_BACK}"


def _later_batches(batch: ImportBatch, changes: Iterable[ImportedChange]) -> dict[Key, int]:
    """The latest import after this one, not taken back, that touched the same row."""
    keys = {change.key for change in changes}
    rows = ImportedChange.objects.filter(
        batch__gt=batch.pk, batch__undone_at=None, object_id__in={pk for _model, pk in keys}
    )
    return {change.key: change.batch_id for change in rows.order_by("batch_id") if change.key in keys}


def _last_changes(changes: Iterable[ImportedChange]) -> dict[tuple, str]:
    """(table, key, attname) → "（张三，2026-05-01 10:00）", from the history that the triggers keep."""
    keys: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        keys[change.model].add(change.object_id)
    events = {found: event for model, pks in keys.items() for found, event in _events(model, pks).items()}
    actors = {(event.pgh_context.metadata if event.pgh_context else {}).get("user") for event in events.values()}
    people = get_user_model()._base_manager.select_related("person").in_bulk(actors - {None})
    return {found: _who_and_when(event, people) for found, event in events.items()}


def _events(model: str, pks: set[int]) -> dict[tuple, Event]:
    """For each field the last entry of the history that brought another value than the entry before."""
    history, found, before = tables()[model].history, {}, {}
    for event in history._base_manager.filter(pgh_obj_id__in=pks).select_related("pgh_context").order_by("pgh_id"):
        old = before.get(event.pgh_obj_id)
        for field in tables()[model].fields:
            if old is not None and getattr(old, field.attname) != getattr(event, field.attname):
                found[model, event.pgh_obj_id, field.attname] = event
        before[event.pgh_obj_id] = event
    return found


def _who_and_when(event: Event, people: dict) -> str:
    actor = (event.pgh_context.metadata if event.pgh_context else {}).get("user")
    return f"（{people.get(actor) or '系统'}，{timezone.localtime(event.pgh_created_at):%Y-%m-%d %H:%M}）"


# --- in use since ---
def _used(changes: list[ImportedChange]) -> list[Refusal]:
    """Rows that came with the import and that others, which did not, point to."""
    own: dict[Key, set[str]] = {change.key: set(change.after) for change in changes}
    by_model: dict[str, dict[int, ImportedChange]] = defaultdict(dict)
    for change in changes:
        if change.action == Action.CREATED:
            by_model[change.model][change.object_id] = change
    found = []
    for model, rows in by_model.items():
        for pk, words in _pointing_to(apps.get_model(model), rows, own).items():
            found.append(Refusal(rows[pk], f"导入以后已经有{'、'.join(words)}。{IN_USE}"))
    return found


def _pointing_to(model: type[Model], pks: Iterable[int], own: dict[Key, set[str]]) -> dict[int, list[str]]:
    """pk → ["提案 2 条", "账号 1 条"], without the pointers that the import itself has set (`own`: row → its fields)."""
    found: dict[int, list[str]] = defaultdict(list)
    for link in _links_to(model):
        related, counts = link.related_model, defaultdict(int)
        rows = related._base_manager.filter(**{f"{link.field.name}__in": list(pks)})
        for target, pk in rows.values_list(link.field.attname, "pk"):
            counts[target] += link.field.attname not in own.get((related._meta.label_lower, pk), ())
        for target, count in counts.items():
            if count:
                found[target].append(f"{_title(related)} {count} 条")
    return found


def _links_to(model: type[Model]) -> list:
    """Every foreign key that points to the model, of whatever app; the histories keep their rows anyway."""
    links = (link for link in model._meta.get_fields(include_hidden=True) if link.auto_created and not link.concrete)
    return [link for link in links if not link.many_to_many and not issubclass(link.related_model, Event)]


def _title(model: type[Model]) -> str:
    owner = model._meta.auto_created or model
    return str(owner._meta.verbose_name)


def _claimed(batch: ImportBatch, changes: list[ImportedChange], now: dict[Key, dict]) -> list[Refusal]:
    """Seats of people known before, who have done something as members since."""
    created = {change.object_id for change in changes if change.model == PERSON and change.action == Action.CREATED}
    seats = [(change, now[change.key]["person_id"]) for change in changes if _gave_a_seat(change) and change.key in now]
    seats = [(change, person) for change, person in seats if person not in created]
    work = claims.since({person for _change, person in seats}, batch.imported_at)
    reason = "导入以后他已经有{}，席位不能撤销。请不撤回这一批，在后台单独更正"
    return [Refusal(change, reason.format(work[person])) for change, person in seats if person in work]


def _gave_a_seat(change: ImportedChange) -> bool:
    """A new seat, or one from a ledger that became real."""
    return change.model == SEAT and (change.action == Action.CREATED or "from_ledger" in change.after)
