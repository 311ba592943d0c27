"""The register of kinds: what each paper is called, which fields fill it, and who lays it out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

FORMS = ("page", "letter", "minutes", "masthead", "across")
Values = dict[str, "str | list[dict[str, str]]"]

_modules: list[str] = []


@dataclass(frozen=True)
class Field:
    """One text of a paper. Several paragraphs stand in it as lines. A template must have those that are `required`."""

    name: str
    meaning: str
    example: str
    required: bool = False


@dataclass(frozen=True)
class Rows:
    """A list whose rows a template repeats; `row` is what a row is called in it. Each row is a dict of plain texts."""

    name: str
    meaning: str
    row: str
    fields: tuple[Field, ...]
    example: tuple[tuple[str, ...], ...]
    required: bool = False

    @property
    def rows(self) -> list[dict[str, str]]:
        """The example as rows."""
        names = [field.name for field in self.fields]
        return [dict(zip(names, row, strict=True)) for row in self.example]


@dataclass(frozen=True)
class Kind:
    """`write` lays out a dict with exactly the named fields; `form` is the layout of GB/T 9704 it keeps to (FORMS)."""

    key: str
    label: str
    fields: tuple[Field | Rows, ...]
    write: Callable[[Values], bytes]
    form: str = "page"

    @property
    def texts(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields if isinstance(field, Field)}

    @property
    def lists(self) -> dict[str, Rows]:
        return {field.name: field for field in self.fields if isinstance(field, Rows)}

    def example(self) -> Values:
        return {name: field.example for name, field in self.texts.items()} | {
            name: rows.rows for name, rows in self.lists.items()
        }

    def check(self, values: Values) -> None:
        """ValueError unless exactly the declared fields are there: what staff are promised is what a paper has."""
        if values.keys() != self.texts.keys() | self.lists.keys():
            raise ValueError(f"{self.key}: {sorted(values.keys() ^ (self.texts.keys() | self.lists.keys()))}")

    def empty(self) -> Values:
        return dict.fromkeys(self.texts, "") | {name: [] for name in self.lists}


def announce(*modules: str) -> None:
    """Modules with `PAPERS: tuple[Kind, ...]`; apps say so in ready(), and nothing is imported before it is asked for."""
    _modules.extend(module for module in modules if module not in _modules)


@cache
def register() -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for kind in _announced():
        if kind.key in found:
            raise ValueError(f"Two kinds of paper are called {kind.key}.")
        found[kind.key] = kind
    return found


def _announced() -> Iterator[Kind]:
    for module in _modules:
        yield from import_module(module).PAPERS
