"""Weights, scores and ranks. A unit is ranked from five cases on; fewer say too little."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from members.models import Organization
from reports.models import WHOLE, AssessmentScheme, AssessmentWeight

from .figures import Result, tenth
from .measures import MEASURES

LEAST = 5
USUAL = {measure.key: measure.weight for measure in MEASURES if measure.weight}
FEWEST_FOR_AVERAGE = 3  # of two units one could work out the other's figures


@dataclass(frozen=True)
class Weights:
    """By measure; `scheme` is None as long as the committee has set none for the year."""

    scheme: AssessmentScheme | None
    by_key: dict[str, int]

    @property
    def is_whole(self) -> bool:
        return sum(self.by_key.values()) == WHOLE


def weights_for(year: int) -> Weights:
    """The latest weights that hold in that year; without any the usual ones. One query."""
    rows = AssessmentWeight.objects.filter(scheme__valid_from__lte=year).select_related("scheme")
    rows = list(rows.order_by("-scheme__valid_from", "pk"))
    scheme = rows[0].scheme if rows else None
    return Weights(scheme, {row.measure: row.weight for row in rows if row.scheme_id == scheme.pk} or USUAL)


def score(result: Result, weights: Weights) -> Decimal | None:
    """Out of 100. A measure without a sample is left out and its weight shared among the others; None without any,
    and for a unit that only helped others."""
    if not result.handled:
        return None
    parts = [(weight, result.figures[key].exact) for key, weight in weights.by_key.items() if key in result.figures]
    known = [(weight, exact) for weight, exact in parts if exact is not None and weight]
    whole = sum(weight for weight, _exact in known)
    return tenth(sum((weight * exact for weight, exact in known), Fraction()) * WHOLE / whole) if whole else None


@dataclass
class Line:
    """A unit in the list: its figures, score and rank, or why it has none."""

    unit: Organization
    result: Result
    score: Decimal | None
    rank: int | None = None
    why_not: str = ""

    @property
    def points(self) -> str:
        return "—" if self.score is None else str(self.score)


def lines(units: dict[int, Organization], found: dict[int, Result], weights: Weights) -> list[Line]:
    """Ranked ones by rank, then those without, by the number of their cases."""
    made = [Line(units[pk], result, score(result, weights)) for pk, result in found.items() if pk in units]
    for line in made:
        line.why_not = _why_not(line)
    ranked = sorted((line for line in made if not line.why_not), key=lambda line: (-line.score, _name(line)))
    for line in ranked:
        line.rank = 1 + sum(other.score > line.score for other in ranked)
    others = sorted((line for line in made if line.why_not), key=lambda line: (-line.result.handled, _name(line)))
    return [*ranked, *others]


def _name(line: Line) -> tuple:
    return line.unit.order, line.unit.pinyin, line.unit.pk


def _why_not(line: Line) -> str:
    handled = line.result.handled
    if handled < LEAST:
        assisted = f"，另会办 {line.result.assisted} 件" if line.result.assisted else ""
        return f"承办 {handled} 件{assisted}，不足 {LEAST} 件，不参加排名"
    return "没有可以计算的指标，不参加排名" if line.score is None else ""
