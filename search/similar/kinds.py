"""Which kinds of text are compared. Upper layers register theirs when they are ready."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import QuerySet


@dataclass(frozen=True)
class Text:
    title: str
    body: str = ""

    def __str__(self) -> str:
        return f"{self.title}\n{self.body}"


@dataclass(frozen=True)
class Kind:
    """`rows()`: all rows that belong in the index; `mark`: the field of theirs that moves with every change;
    `texts(ids)`: {id: Text} of those rows."""

    name: str
    rows: Callable[[], QuerySet]
    mark: str
    texts: Callable[[Collection[int]], dict[int, Text]]


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


def named(name: str) -> Kind:
    """Raises KeyError for a kind nobody registered."""
    return _kinds[name]
