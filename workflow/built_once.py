"""A statement that asks for the rows of one key is built once; afterwards only the key changes.

Building a case's statement with a person's roles takes Django several times as long as PostgreSQL takes to answer it.
"""

from collections.abc import Callable
from copy import copy
from datetime import date

from django.db import connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

KEY = -(2**53) + 1  # of no row; stands in the statement where the key will be


class BuiltOnce:
    """`make(key)` gives the rows that are asked for; it is called once, when they are first asked for.

    Raises ValueError then, when a day or a moment stands in the statement: it would stand still. `of_a_day`: the statement
    is not kept beyond its day. A `Prefetch` is not looked into.
    """

    def __init__(self, make: Callable[[int], QuerySet], of_a_day: bool = False):
        self._make, self._of_a_day = make, of_a_day
        self._built: tuple | None = None

    def rows(self, key: int) -> list:
        """What `make(key)` gives now, with all that is read with it; nothing for a key that no row can have."""
        if key is None or not 0 < key < 2**63:
            return []
        kept, compiler, text, parameters = self._built or self._build()
        rows, compiler = _own(kept), copy(compiler)
        compiler.connection = connections[rows.db]  # each thread has its own
        if rows.query.select_for_update and compiler.connection.get_autocommit():
            raise TransactionManagementError("A row is locked inside a transaction only.")
        asked = tuple(key if one == KEY else one for one in parameters)
        compiler.as_sql = lambda *how, **more: (text, asked)
        rows.query.get_compiler = lambda *how, **more: compiler
        return list(rows)

    def row(self, key: int):
        """The first of them, or None."""
        return next(iter(self.rows(key)), None)

    def _build(self) -> tuple:
        make = self._make
        if make is None:  # another thread was faster
            return self._built
        rows = make(KEY)
        compiler = rows.query.get_compiler(rows.db)
        text, parameters = compiler.as_sql()
        if KEY not in parameters or not self._may_stand(parameters):
            raise ValueError(f"This statement cannot be kept: {text}")
        compiler.connection = None  # a thread's connection ends with it
        self._built = rows, compiler, text, parameters
        self._make = None  # it may hold the request for which the statement was first built
        return self._built

    def _may_stand(self, parameters: tuple) -> bool:
        moving = [one for one in parameters if isinstance(one, date)]
        return all(type(one) is date for one in moving) if self._of_a_day else not moving


def _own(rows: QuerySet) -> QuerySet:
    """The same rows to be asked for once, with querysets of their own in each `Prefetch`: Django notes there for whom it asked."""
    rows = rows.all()
    rows._prefetch_related_lookups = tuple(map(_own_lookup, rows._prefetch_related_lookups))
    return rows


def _own_lookup(lookup):
    if getattr(lookup, "queryset", None) is None:
        return lookup
    lookup = copy(lookup)
    lookup.queryset = _own(lookup.queryset)
    return lookup


class Clauses(dict):
    """Role → Q of one person on one kind of case, on one day, and the statements built from them, kept as long as they are."""

    def __init__(self, clauses: dict):
        super().__init__(clauses)
        self._statements: dict[tuple, BuiltOnce] = {}

    def statement(self, name: tuple, make: Callable[[int], QuerySet]) -> BuiltOnce:
        """The statement of that name; `make` is the first one's, so the name must say all in which they differ."""
        return self._statements.setdefault(name, BuiltOnce(make, of_a_day=True))
