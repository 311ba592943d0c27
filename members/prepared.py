"""A read whose statement is always the same: Django builds it once, afterwards only the values change."""

from collections.abc import Callable

from django.db import connection


class Prepared:
    """`build(**values)` gives a `values_list`; it is asked once, with samples that occur nowhere else in it."""

    def __init__(self, build: Callable, **samples):
        self._build, self._samples = build, samples
        self._statement: tuple[str, list] | None = None

    def rows(self, **values) -> list[tuple]:
        """The rows as the database gives them, for values of the same kinds as the samples."""
        text, names = self._statement or self._prepare()
        with connection.cursor() as cursor:
            cursor.execute(text, [values.get(name, value) for name, value in names])
            return cursor.fetchall()

    def _prepare(self) -> tuple[str, list]:
        """The statement, and for each of its parameters the name of the value, or None and the parameter itself."""
        text, parameters = self._build(**self._samples).query.sql_with_params()
        names = {sample: name for name, sample in self._samples.items()}
        self._statement = text, [(names.get(one), one) for one in parameters]
        return self._statement
