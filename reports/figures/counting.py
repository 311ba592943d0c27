"""Counting: all figures that are asked for, in one query for each base or for several, whatever the number of figures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.contrib.contenttypes.models import ContentType
from django.db.models import Subquery
from django.db.models import Value as Constant
from django.db.models.functions import JSONObject

from reports.assessment.figures import UNKNOWN, tenth

from .asked import Asked
from .registry import Counted, Figure

# Bases of plain rows; as of a past day each row is worked out first, so that they are counted apart.
TOGETHER = frozenset(("proposals", "shares", "suggestions"))


@dataclass(frozen=True)
class Value:
    """A figure as counted. `part` is None where the figure cannot be asked this way (a condition it does not know)."""

    figure: Figure
    part: int | None = None
    whole: int | None = None

    @property
    def is_known(self) -> bool:
        return self.part is not None

    @property
    def exact(self) -> Fraction | int | None:
        """The number itself; None of a rate of nothing."""
        if not self.figure.is_rate or self.part is None:
            return self.part
        return Fraction(self.part, self.whole) if self.whole else None

    @property
    def shown(self) -> str:
        """85.1%, 171; — where there is nothing to divide by, or nothing to say."""
        if self.exact is None:
            return UNKNOWN
        return f"{tenth(self.exact * 100)}%" if self.figure.is_rate else str(self.part)

    @property
    def words(self) -> str:
        """171 件; 85.1%（171 ÷ 201）."""
        if not self.is_known or not self.figure.is_rate:
            return self.shown if not self.is_known else f"{self.shown} {self.figure.unit}"
        return f"{self.shown}（{self.part} ÷ {self.whole}）"

    def against(self, other: "Value") -> str:
        """How it differs from the same figure of another time: +12, −3.2 个百分点; "" where either is unknown."""
        if self.exact is None or other.exact is None:
            return ""
        gap = self.exact - other.exact
        if not gap:
            return "持平"
        sign, size = ("+" if gap > 0 else "−"), abs(gap)
        return f"{sign}{tenth(size * 100)} 个百分点" if self.figure.is_rate else f"{sign}{size}"


def counted(asked: Asked, figures: Iterable[Figure]) -> dict[str, Value]:
    """Key → value of every figure; one query for each base that they stand on, one for all of TOGETHER."""
    figures = list(figures)
    wanted: dict[str, dict[str, Counted]] = defaultdict(dict)
    for figure in figures:
        if figure.fits(asked):
            for place, one in enumerate(figure.counted):
                wanted[one.base_key][f"n_{figure.key}_{place}"] = one
    together = set() if asked.as_of else TOGETHER & wanted.keys()
    numbers = _together(asked, {key: wanted.pop(key) for key in together})
    for parts in wanted.values():
        numbers |= _count(asked, parts)
    return {figure.key: _value(figure, numbers) for figure in figures}


def _together(asked: Asked, wanted: dict[str, dict[str, Counted]]) -> dict[str, int]:
    """The numbers of each base as one JSON object, all of them columns of one row; whose row it is does not matter."""
    if not wanted:
        return {}
    columns = {f"of_{key}": Subquery(_packed(asked, wanted[key])) for key in sorted(wanted)}
    row = ContentType.objects.values(**columns)[0]
    return {name: number for found in row.values() for name, number in found.items()}


def _packed(asked: Asked, parts: dict[str, Counted]):
    base = next(iter(parts.values())).base
    rows = base.rows(asked).values(all_=Constant(1))  # all rows are one group
    rows = rows.annotate(**{name: base.aggregate(one.only, asked, one.weight) for name, one in parts.items()})
    return rows.values(numbers_=JSONObject(**{name: name for name in parts}))


def _count(asked: Asked, parts: dict[str, Counted]) -> dict[str, int]:
    base = next(iter(parts.values())).base
    return base.rows(asked).aggregate(
        **{name: base.aggregate(one.only, asked, one.weight) for name, one in parts.items()}
    )


def _value(figure: Figure, numbers: dict[str, int]) -> Value:
    found = [numbers.get(f"n_{figure.key}_{place}") for place in range(len(figure.counted))]
    return Value(figure, *found)


def total(asked: Asked, one: Counted) -> int:
    """The one number, counted alone."""
    return _count(asked, {"n_alone": one})["n_alone"]
