"""A statement that asks for one row is built once; afterwards only the row's key changes.

Building a case's statement with a person's roles takes Django several times as long as PostgreSQL takes to answer it.
"""

from copy import copy
from datetime import datetime

from django.db import connections
from django.db.models import QuerySet

KEY = -(2**53) + 1  # of no row; stands in the statement where the key will be


class BuiltOnce:
    """`rows` as they are asked for the row of one key. Not for what depends on the moment: it would stand still."""

    def __init__(self, rows: QuerySet):
        self._rows = rows.filter(pk=KEY)
        self._compiler = self._rows.query.get_compiler(self._rows.db)
        self._text, self._parameters = self._compiler.as_sql()
        if self._parameters.count(KEY) != 1 or any(isinstance(one, datetime) for one in self._parameters):
            raise ValueError(f"This statement cannot be kept: {self._text}")

    def row(self, pk: int):
        """The row of that key as `rows` gives it, with all that belongs to it; None when there is none."""
        rows, compiler = self._rows.all(), copy(self._compiler)
        compiler.connection = connections[rows.db]  # each thread has its own
        asked = tuple(pk if one == KEY else one for one in self._parameters)
        compiler.as_sql = lambda *how, **more: (self._text, asked)
        rows.query.get_compiler = lambda *how, **more: compiler
        return next(iter(rows), None)


class Clauses(dict):
    """Role → Q of one person on one kind of case, and the statements built from them, kept as long as they are."""

    def __init__(self, clauses: dict):
        super().__init__(clauses)
        self._statements: dict[tuple, BuiltOnce] = {}

    def statement(self, name: tuple, rows) -> BuiltOnce:
        """The statement of that name; `rows()` gives what it asks, the first time."""
        if name not in self._statements:
            self._statements[name] = BuiltOnce(rows())
        return self._statements[name]
