"""Every figure, defined once: what it is called, of what it is counted and how, in words and as rows of a base.

A figure is a number of rows (`part`), or with a `whole` a rate: part ÷ whole. Each of the two opens the list behind it.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from .bases import BASES, Base

PERCENT = "%"


@dataclass(frozen=True)
class Counted:
    """The rows of the base for which the condition holds. `weight`: a sum over the rows instead of their number."""

    base_key: str
    only: Q = Q()
    weight: Any = None

    @property
    def base(self) -> Base:
        return BASES[self.base_key]

    def rows(self, asked):
        from .as_of import then

        rows = self.base.rows(asked)
        return rows.filter(then(self.only) if asked.as_of else self.only) if self.only else rows


@dataclass(frozen=True)
class Figure:
    """`population`, `formula` and `source` are what the page says of it. `rates`: tells of ratings, so some readers get
    it later. `for_units`: a unit and a dispatch office read it of their own cases. `public`: may be published."""

    key: str
    group: str
    name: str
    unit: str
    population: str
    formula: str
    source: str
    part: Counted
    whole: Counted | None = None
    rates: bool = False
    for_units: bool = False
    public: bool = False

    @property
    def is_rate(self) -> bool:
        return self.whole is not None

    @property
    def counted(self) -> tuple[Counted, ...]:
        return (self.part, self.whole) if self.whole else (self.part,)

    def fits(self, asked) -> bool:
        return all(one.base.fits(asked) for one in self.counted)


def all_figures() -> tuple[Figure, ...]:
    from . import other_figures, proposal_figures

    return (*proposal_figures.FIGURES, *other_figures.FIGURES)


def by_key() -> dict[str, Figure]:
    return {figure.key: figure for figure in all_figures()}


def read_by(reader) -> list[Figure]:
    """The figures that this person reads, in the order of the registry."""
    found = [figure for figure in all_figures() if figure.group in reader.groups]
    if reader.everything:
        return found
    return [figure for figure in found if figure.group != "proposals" or figure.for_units]
