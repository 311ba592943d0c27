"""How much of a large matrix runs: small counts in `make test`, all of it in `make campaign` (design §12 asks for both).

COUNTS=whole takes everything. Otherwise each row is tried with one column of every verdict, so nothing that is expected
goes untried; the columns take turns.
"""

import os
from collections.abc import Callable, Iterable, Sequence

WHOLE = os.environ.get("COUNTS") == "whole"


def cells(rows: Iterable, columns: Sequence, verdict: Callable) -> list[tuple]:
    """(row, column) pairs; `verdict(row, column)` is what is expected of the pair, anything that can be compared."""
    if WHOLE:
        return [(row, column) for row in rows for column in columns]
    return [pair for turn, row in enumerate(rows) for pair in _of_row(row, columns, verdict, turn)]


def number(small: int, whole: int) -> int:
    """How many of something are made or done."""
    return whole if WHOLE else small


def some(rows: Iterable, turn: int, of: int) -> list:
    """Of rows that are all expected to do the same, every `of`-th, others at each turn."""
    return list(rows) if WHOLE else list(rows)[turn % of :: of]


def _of_row(row, columns: Sequence, verdict: Callable, turn: int) -> list[tuple]:
    alike: dict = {}
    for column in columns:
        alike.setdefault(verdict(row, column), []).append(column)
    return [(row, those[turn % len(those)]) for those in alike.values()]
