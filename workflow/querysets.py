"""Visibility and roles of cases, said once: see style of use in each app's roles.py."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q, Value

NEVER = Q(pk__in=[])
ROLE_PREFIX = "role_"


class StateIsWrittenByTheEngine(RuntimeError):
    """Raised when code tries to change a state or version past `perform`."""


class CaseQuerySet(models.QuerySet):
    """Rows of a case. The model's `role_clauses(user)` gives one Q for each role."""

    def visible_to(self, user):
        """The rows to which the user has at least one relation."""
        return self.filter(reduce(or_, _possible(self.model.role_clauses(user)).values(), NEVER))

    def with_roles_of(self, user, every: bool = False):
        """The same clauses as booleans `role_<name>`, so seeing and acting cannot disagree.

        Most roles this user can hold on no row; they are left out, unless `every` column is wanted (for a union).
        """
        clauses = self.model.role_clauses(user)
        clauses = clauses if every else _possible(clauses)
        return self.annotate(**{ROLE_PREFIX + role: _as_boolean(q) for role, q in clauses.items()})

    def read_by(self, user):
        """The one row with the user's roles on it, None when they have none: out of reach.

        The same as the first row of `visible_to(user).with_roles_of(user)`, with every clause written once, not twice:
        for one row, building and planning the statement is most of its cost. That is also why it is not ordered.
        """
        row = next(iter(self.with_roles_of(user).order_by()[:1]), None)
        return row if row is not None and roles_on(row) else None

    def for_acting(self):
        """What the engine reads before an act; models add the joins their guards need."""
        return self.all()

    def update(self, **values):
        if {"state", "version"} & values.keys():
            raise StateIsWrittenByTheEngine("States are written by workflow.engine.perform only.")
        return super().update(**values)

    def bulk_update(self, objs, fields, **options):
        if {"state", "version"} & set(fields):
            raise StateIsWrittenByTheEngine("States are written by workflow.engine.perform only.")
        return super().bulk_update(objs, fields, **options)


def _possible(clauses: dict[str, Q]) -> dict[str, Q]:
    return {role: clause for role, clause in clauses.items() if clause != NEVER}


def _as_boolean(clause: Q):
    if clause == NEVER:
        return Value(False, output_field=BooleanField())
    return ExpressionWrapper(clause, output_field=BooleanField())


def roles_on(case) -> frozenset[str]:
    """The roles read together with the row by `with_roles_of`."""
    names = type(case).role_names()
    return frozenset(name for name in names if getattr(case, ROLE_PREFIX + name, False))
