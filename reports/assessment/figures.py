"""Counting: for every unit and every measure the numerator, the denominator and what was left out, in two queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q

from proposals.kinds import AssignmentKind, Verdict
from proposals.statistics import tenth

from . import population
from .measures import ADOPTED, BY_KEY, MEASURES, MET, MISSED, UNRECORDED, WAITING

UNKNOWN = "—"


@dataclass(frozen=True)
class Figure:
    """One measure of one unit: how many met it, of how many; what was left out as 未登记 and as 未到期."""

    key: str
    met: int = 0
    whole: int = 0
    unrecorded: int = 0
    waiting: int = 0

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(
            self.key, self.met + other.met, self.whole + other.whole,
            self.unrecorded + other.unrecorded, self.waiting + other.waiting,
        )  # fmt: skip

    @property
    def measure(self):
        return BY_KEY[self.key]

    @property
    def exact(self) -> Fraction | None:
        return Fraction(self.met, self.whole) if self.whole else None

    @property
    def number(self) -> Fraction | str:
        """For a cell of a workbook: the share itself, — where there is none."""
        return UNKNOWN if self.exact is None else self.exact

    @property
    def share(self) -> str:
        """66.7%; — where there is nothing to divide by."""
        return UNKNOWN if self.exact is None else f"{tenth(self.exact * 100)}%"


@dataclass(frozen=True)
class Result:
    """A unit's figures by measure; `handled` it answers, `assisted` it only helped with."""

    unit_id: int
    handled: int
    assisted: int
    figures: dict[str, Figure]


def results(rows) -> dict[int, Result]:
    """By unit; `rows` come from population.shares. Two queries for any number of units.

    The database groups the shares by the parts into which they fall, so that it works each part out once a share.
    """
    groups = rows.values("unit_id", "kind", *(f"part_{measure.key}" for measure in MEASURES)).annotate(n=Count("pk"))
    answered, by_unit = _answered(rows), defaultdict(list)
    for group in groups:
        by_unit[group["unit_id"]].append(group)
    return {pk: _result(pk, found, answered.get(pk, (0, 0))) for pk, found in by_unit.items()}


def _answered(rows) -> dict[int, tuple[int, int]]:
    """Unit → (suggestions adopted, suggestions answered)."""
    counts = population.answers(rows).values("reply__assignment__unit_id").annotate(
        whole=Count("pk"), met=Count("pk", filter=Q(verdict=Verdict.ADOPTED))
    )  # fmt: skip
    return {row["reply__assignment__unit_id"]: (row["met"], row["whole"]) for row in counts}


def _result(unit_id: int, groups: list[dict], answered: tuple[int, int]) -> Result:
    found = {measure.key: _figure(measure.key, groups) for measure in MEASURES}
    found[ADOPTED.key] = Figure(ADOPTED.key, *answered, found[ADOPTED.key].unrecorded)
    handled = sum(group["n"] for group in groups if group["kind"] in AssignmentKind.ANSWERING)
    return Result(unit_id, handled, sum(group["n"] for group in groups) - handled, found)


def _figure(key: str, groups: list[dict]) -> Figure:
    n = Counter()
    for group in groups:
        n[group[f"part_{key}"]] += group["n"]
    return Figure(key, n[MET], n[MET] + n[MISSED], n[UNRECORDED], n[WAITING])


def total(parts: Iterable[Result]) -> Result:
    """All of them together: the county's average."""
    parts = list(parts)
    figures = {m.key: sum((part.figures[m.key] for part in parts), Figure(m.key)) for m in MEASURES}
    return Result(0, sum(part.handled for part in parts), sum(part.assisted for part in parts), figures)
