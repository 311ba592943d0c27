"""A field's value as people read it; the names of linked rows are read once for a whole page."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Field, Model
from django.utils import timezone

NOTHING = "（空）"
# Contact data: that it changed is history, what it was is not for every reader of a history.
MASKED = {"phone", "email"}


class Names:
    """The texts of linked rows, read with one query for each table they stand in.

    A model whose text needs a nullable link names it in NAMED_WITH; the others are joined anyway.
    """

    def __init__(self):
        self._wanted: dict[type[Model], set] = defaultdict(set)
        self._found: dict[type[Model], dict] = {}

    def want(self, model: type[Model], key) -> None:
        if key is not None:
            self._wanted[model].add(key)

    def read(self) -> None:
        for model, keys in self._wanted.items():
            needed = getattr(model, "NAMED_WITH", ())
            self._found[model] = model._base_manager.select_related(*needed).in_bulk(keys)

    def get(self, model: type[Model], key) -> str:
        row = self._found.get(model, {}).get(key)
        return str(row) if row is not None else ""


def want_links(names: Names, fields: Iterable[Field], row) -> None:
    for field in fields:
        if field.remote_field:
            names.want(field.related_model, getattr(row, field.attname))


def text_of(field: Field, row, names: Names) -> str:
    value = getattr(row, field.attname)
    if value is None or value == "":
        return NOTHING
    if field.remote_field:
        return names.get(field.related_model, value) or f"编号 {value}（已不存在）"
    if field.name in MASKED:
        return masked(str(value))
    if words := getattr(field, "words", None):  # a list of codes whose class names them
        return "、".join(str(words(one).label) for one in value if one in words.values) or NOTHING
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain(value)


def _plain(value) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value)


def masked(text: str) -> str:
    """Enough to tell two numbers or addresses apart, not enough to use one."""
    name, at, domain = text.partition("@")
    if at:
        return f"{name[:1]}***@{domain}"
    return f"{text[:3]}****{text[-4:]}" if len(text) > 7 else "****"
