"""Rows of several tables in one statement, for a page that shows a little of each.

What is read with joins or is long in number stays a statement of its own; this is for the few rows of one case.
"""

from collections.abc import Iterable

from django.db.models import Model, QuerySet, Value
from django.db.models.functions import JSONObject


def together(*parts: QuerySet) -> list[list[Model]]:
    """The rows of each part, whole and without what they are joined to, in the order of their keys."""
    first, *others = (
        rows.order_by().values_list(
            Value(place), JSONObject(**{field.attname: field.attname for field in _fields(rows)})
        )
        for place, rows in enumerate(parts)
    )
    found: list[list[Model]] = [[] for _part in parts]
    for place, values in first.union(*others, all=True):
        found[place].append(_row(parts[place], values))
    return [sorted(rows, key=lambda row: row.pk) for rows in found]


def _fields(rows: QuerySet) -> Iterable:
    return rows.model._meta.concrete_fields


def _row(rows: QuerySet, values: dict) -> Model:
    names = [field.attname for field in _fields(rows)]
    return rows.model.from_db(rows.db, names, [field.to_python(values[field.attname]) for field in _fields(rows)])
