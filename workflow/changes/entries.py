"""Rows of the histories become entries that a page can show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model

from workflow.door import ADMIN, API, PORTAL

from .tables import Table
from .values import Names, text_of, want_links

ACTIONS = {"insert": "新增", "update": "修改", "delete": "删除"}
LINK_ACTIONS = {"insert": "加入", "delete": "移出"}
NOBODY = "系统"
DOORS = {PORTAL: "门户", API: "接口", ADMIN: "后台"}


@dataclass(frozen=True)
class Change:
    """One field of one change. `old` is empty for a new row, `new` for a deleted one."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One change of one row. `label`, `key`: which table and row; `subject`: the row's own text."""

    at: datetime
    who: str
    door: str
    ip: str
    action: str
    label: str
    title: str
    key: Any
    subject: str
    changes: list[Change]


@dataclass(frozen=True)
class Found:
    """A row of a history with the one before it (None for the first)."""

    table: Table
    row: Any
    before: Any = None

    @property
    def key(self):
        return getattr(self.row, self.table.of)

    @property
    def subject_model(self):
        table = self.table
        return table.model._meta.get_field(table.owner).related_model if table.owner else table.model


def entries(found: list[Found]) -> list[Entry]:
    """In the order given. As many queries as there are tables named in them, and one for the actors."""
    names = Names()
    users = get_user_model()
    for item in found:
        names.want(users, _actor(item.row))
        names.want(item.subject_model, item.key)
        for row in filter(None, (item.row, item.before)):
            want_links(names, item.table.fields, row)
    names.read()
    return [_entry(item, names) for item in found]


def _entry(item: Found, names: Names) -> Entry:
    table, row = item.table, item.row
    return Entry(
        at=row.pgh_created_at,
        who=names.get(get_user_model(), _actor(row)) or NOBODY,
        door=_door(row),
        ip=_metadata(row).get("ip") or "",
        action=_action(item),
        label=item.subject_model._meta.label_lower,
        title=table.title,
        key=item.key,
        subject=names.get(item.subject_model, item.key) or _last_words(item),
        changes=_changes(item, names),
    )


def _action(item: Found) -> str:
    usual = LINK_ACTIONS if item.table.owner else ACTIONS
    return {**usual, **getattr(item.table.model, "HISTORY_ACTIONS", {})}[item.row.pgh_label]


def _changes(item: Found, names: Names) -> list[Change]:
    """For an update the fields that differ; for a new or a deleted row those that hold something."""
    table, row = item.table, item.row
    if row.pgh_label not in ACTIONS:
        return []
    shown = []
    for field in table.fields:
        label, now = table.label_of(field), text_of(field, row, names)
        if row.pgh_label == "update" and item.before is not None:
            if getattr(item.before, field.attname) != getattr(row, field.attname):
                shown.append(Change(label, text_of(field, item.before, names), now))
        elif getattr(row, field.attname) not in (None, ""):
            gone = row.pgh_label == "delete"
            shown.append(Change(label, now if gone else "", "" if gone else now))
    return shown


def _metadata(row) -> dict:
    return row.pgh_context.metadata if row.pgh_context else {}


def _actor(row):
    return _metadata(row).get("user")


def _door(row) -> str:
    """Where the change came in; what no request caused is a program's."""
    return DOORS.get(_metadata(row).get("door", ""), "程序")


def _last_words(item: Found) -> str:
    """What a row that is gone was called, as far as its own fields tell."""
    texts = (getattr(item.row, name, None) for name in ("name", "date", "username", "year"))
    return next((str(text) for text in texts if text), f"编号 {item.key}")
