"""A statement that asks for the rows of one key is built once; afterwards only the key changes.

Building a case's statement with a person's roles takes Django several times as long as PostgreSQL takes to answer it.
"""

from collections.abc import Callable
from copy import copy
from datetime import datetime

from django.db import connections
from django.db.models import QuerySet

KEYS = range(1, 2**63)
KEY = -(2**53) + 1  # of no row; stands in the statement where the key will be


class BuiltOnce:
    """`make(key)` gives the rows that are asked for; it is called once, when they are first asked for.

    Raises ValueError then, when something in them depends on the moment: it would stand still.
    """

    def __init__(self, make: Callable[[int], QuerySet]):
        self._make = make
        self._built: tuple | None = None

    def rows(self, key: int) -> list:
        """What `make(key)` gives now, with all that is read with it; nothing for a key that no row can have."""
        if key not in KEYS:
            return []
        kept, compiler, text, parameters = self._built or self._build()
        rows, compiler = kept.all(), copy(compiler)
        compiler.connection = connections[rows.db]  # each thread has its own
        asked = tuple(key if one == KEY else one for one in parameters)
        compiler.as_sql = lambda *how, **more: (text, asked)
        rows.query.get_compiler = lambda *how, **more: compiler
        return list(rows)

    def row(self, key: int):
        """The first of them, or None."""
        return next(iter(self.rows(key)), None)

    def _build(self) -> tuple:
        rows = self._make(KEY)
        compiler = rows.query.get_compiler(rows.db)
        text, parameters = compiler.as_sql()
        if KEY not in parameters or any(isinstance(one, datetime) for one in parameters):
            raise ValueError(f"This statement cannot be kept: {text}")
        self._built = rows, compiler, text, parameters
        return self._built


class Clauses(dict):
    """Role → Q of one person on one kind of case, and the statements built from them, kept as long as they are."""

    def __init__(self, clauses: dict):
        super().__init__(clauses)
        self._statements: dict[tuple, BuiltOnce] = {}

    def statement(self, name: tuple, make: Callable[[int], QuerySet]) -> BuiltOnce:
        """The statement of that name; `make` is the first one's, so the name must say all in which they differ."""
        return self._statements.setdefault(name, BuiltOnce(make))
