"""Counting: for every unit and every measure the numerator, the denominator and what was left out, in two queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import Count, Q

from proposals.kinds import Verdict

from . import population
from .measures import ADOPTED, ANSWERING, BY_KEY, MEASURES, MET, MISSED, UNRECORDED, WAITING

TENTH = Decimal("0.1")
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
    def share(self) -> str:
        """66.7%; — where there is nothing to divide by."""
        return UNKNOWN if self.exact is None else f"{tenth(self.exact * 100)}%"


def tenth(value: Fraction) -> Decimal:
    """With one decimal, halves upwards, as a clerk rounds."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Result:
    """A unit's figures by measure; `handled` it answers, `assisted` it only helped with."""

    unit_id: int
    handled: int
    assisted: int
    figures: dict[str, Figure]


def results(rows) -> dict[int, Result]:
    """By unit; `rows` come from population.shares. Two queries for any number of units."""
    counts = rows.values("unit_id").annotate(
        handled=Count("pk", filter=ANSWERING), everything=Count("pk"), **_counts()
    )  # fmt: skip
    answered = _answered(rows)
    return {row["unit_id"]: _result(row, answered.get(row["unit_id"], (0, 0))) for row in counts}


def _counts() -> dict[str, Count]:
    parts = (MET, MISSED, UNRECORDED, WAITING)
    return {
        f"n_{measure.key}_{part}": Count("pk", filter=Q(**{f"part_{measure.key}": part}))
        for measure in MEASURES for part in parts
    }  # fmt: skip


def _answered(rows) -> dict[int, tuple[int, int]]:
    """Unit → (suggestions adopted, suggestions answered)."""
    counts = population.answers(rows).values("reply__assignment__unit_id").annotate(
        whole=Count("pk"), met=Count("pk", filter=Q(verdict=Verdict.ADOPTED))
    )  # fmt: skip
    return {row["reply__assignment__unit_id"]: (row["met"], row["whole"]) for row in counts}


def _result(row: dict, answered: tuple[int, int]) -> Result:
    def n(key: str, part: str) -> int:
        return row[f"n_{key}_{part}"]

    found = {
        m.key: Figure(m.key, n(m.key, MET), n(m.key, MET) + n(m.key, MISSED), n(m.key, UNRECORDED), n(m.key, WAITING))
        for m in MEASURES
    }
    found[ADOPTED.key] = Figure(ADOPTED.key, *answered, n(ADOPTED.key, UNRECORDED))
    return Result(row["unit_id"], row["handled"], row["everything"] - row["handled"], found)


def total(parts: Iterable[Result]) -> Result:
    """All of them together: the county's average."""
    parts = list(parts)
    figures = {m.key: sum((part.figures[m.key] for part in parts), Figure(m.key)) for m in MEASURES}
    return Result(0, sum(part.handled for part in parts), sum(part.assisted for part in parts), figures)
