"""The way of the proposals by stage: how many came so far, and the median days that each step took."""

from dataclasses import dataclass

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q

from .as_of import end_of
from .asked import Asked
from .bases import proposals
from .counting import Value
from .proposal_figures import STAGES

# The figure of a stage → (the step that leads to it, from, to).
STEPS = {
    "filed": ("提交到立案", "submitted_at", "filed_at"), "handled": ("立案到交办", "filed_at", "assigned_at"),
    "replied": ("交办到答复", "assigned_at", "replied_at"), "closed": ("答复到办结", "replied_at", "closed_at"),
}  # fmt: skip


class Median(Aggregate):
    """The database's own median; standard SQL (ordered-set aggregate), which Django has no name for."""

    function, name = "PERCENTILE_CONT", "Median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Stage:
    """`days`: the median of the step that leads here, None where no case has both dates; `known`: of how many cases."""

    value: Value
    step: str = ""
    days: float | None = None
    known: int = 0

    @property
    def shown_days(self) -> str:
        return "—" if self.days is None else f"{self.days:.1f} 天"


def stages(asked: Asked, values: dict[str, Value]) -> list[Stage]:
    """The stages whose figures are among `values`; one query."""
    found = _medians(asked)
    return [Stage(values[key], STEPS.get(key, ("",))[0], *found.get(key, (None, 0))) for key in STAGES if key in values]


def _medians(asked: Asked) -> dict[str, tuple[float | None, int]]:
    gaps = {
        f"gap_{key}": ExpressionWrapper(F(last) - F(first), output_field=DurationField())
        for key, (_name, first, last) in STEPS.items()
    }
    rows = proposals(asked).annotate(**gaps)
    over = {key: _whole(key, asked) for key in STEPS}
    counts = rows.aggregate(
        **{f"median_{key}": Median(f"gap_{key}", filter=over[key]) for key in STEPS},
        **{f"known_{key}": Count("pk", filter=over[key]) for key in STEPS},
    )
    return {key: (_days(counts[f"median_{key}"]), counts[f"known_{key}"]) for key in STEPS}


def _whole(key: str, asked: Asked) -> Q:
    """Both dates are known, and the step was over by the day that is asked about."""
    known = Q(**{f"gap_{key}__isnull": False})
    return known & Q(**{f"{STEPS[key][2]}__lt": end_of(asked.as_of)}) if asked.as_of else known


def _days(gap) -> float | None:
    return None if gap is None else gap.total_seconds() / 86400
