"""Visibility and roles of cases, said once: see style of use in each app's roles.py."""

from collections.abc import Callable, Collection
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from .built_once import Clauses
from .errors import NotFound

NEVER = Q(pk__in=[])
ROLE_PREFIX = "role_"
UNREAD = "_roles_unread"  # on a row of which some roles were not read: whose, and which


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
        return self.annotate(**_as_booleans(clauses))

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


def read_case(model, pk: int, user, roles: Collection[str] | None = None, rows: str | Callable = "for_acting"):
    """The case with the user's roles on it, or first only with `roles`; None when they have none: out of reach.

    `rows` is what is read with it: a method of the model's manager, or a function of the user. The same as the first
    row of `visible_to(user).with_roles_of(user)`, with every clause written once, not twice, and the statement kept
    with the user's posts: for one row, building and planning it is most of its cost. That is also why an act asks for
    its two or three roles of twenty. Of the others `roles_on` and `roles_among` read what they are asked for then, so
    what was not read is never taken for no.
    """
    clauses = _clauses(model, user)
    possible = _possible(clauses)
    asked = [role for role in possible if roles is None or role in roles]
    statement = clauses.statement(
        (model, "pk", rows, *asked), lambda key: _with_roles(_rows(model, rows, user).filter(pk=key), clauses, asked)
    )
    row = statement.row(pk)
    if row is None:
        return None
    row.__dict__[UNREAD] = (user, possible.keys() - set(asked))
    return row if roles_among(row, asked) or roles_on(row) else None


def cases_of(parent: models.Model, model, user, rows: str | Callable) -> list:
    """The cases of one parent with the user's roles on them, from a statement kept like that of `read_case`."""
    clauses, field = _clauses(model, user), model.parent_field
    statement = clauses.statement(
        (model, field, rows),
        lambda key: _rows(model, rows, user).filter(**{field: key}).annotate(**_as_booleans(_possible(clauses))),
    )
    return statement.rows(parent.pk)


def _rows(model, rows: str | Callable, user):
    return rows(user) if callable(rows) else getattr(model.objects, rows)()


def _clauses(model, user) -> Clauses:
    """Kept with the user's posts (members.posts); of a model that does not keep them, for this time only."""
    clauses = model.role_clauses(user)
    return clauses if isinstance(clauses, Clauses) else Clauses(clauses)


def _with_roles(rows, clauses: dict[str, Q], roles: Collection[str]):
    return rows.annotate(**_as_booleans({role: clauses[role] for role in roles})).order_by()


def _possible(clauses: dict[str, Q]) -> dict[str, Q]:
    return {role: clause for role, clause in clauses.items() if clause != NEVER}


def _as_booleans(clauses: dict[str, Q]) -> dict:
    return {ROLE_PREFIX + role: _as_boolean(clause) for role, clause in clauses.items()}


def _as_boolean(clause: Q):
    if clause == NEVER:
        return Value(False, output_field=BooleanField())
    return ExpressionWrapper(clause, output_field=BooleanField())


def roles_on(case) -> frozenset[str]:
    """All roles of the user on the row, read together with it by `with_roles_of`, or now where the engine left them out."""
    return roles_among(case, type(case).role_names())


def roles_among(case, roles: Collection[str]) -> frozenset[str]:
    """Those of `roles` that the user holds on the row."""
    _read_the_rest_of(case, roles)
    return frozenset(name for name in roles if getattr(case, ROLE_PREFIX + name, False))


def _read_the_rest_of(case, roles: Collection[str]) -> None:
    user, unread = case.__dict__.get(UNREAD, (None, frozenset()))
    wanted = unread & set(roles)
    if not wanted:
        return
    model, names = type(case), [ROLE_PREFIX + role for role in wanted]
    clauses = _clauses(model, user)
    statement = clauses.statement(
        (model, "roles", *sorted(wanted)),
        lambda key: _with_roles(model._base_manager.filter(pk=key), clauses, wanted).values(*names),
    )
    found = statement.row(case.pk)
    if found is None:
        raise NotFound
    case.__dict__.update(found)
    case.__dict__[UNREAD] = (user, unread - wanted)
