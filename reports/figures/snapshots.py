"""年度定稿: a year's figures, frozen with their definitions and signed by the head of 提案委; never changed afterwards.

The database refuses to change or remove a row. What has changed since (a late rating, a correction) is shown by
counting again and comparing.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.utils import timezone

from members.periods import today
from members.posts import posts_of
from reports.models import FigureSnapshot
from workflow.errors import NotAllowed, NotFound, TooLate

from . import period, proposal_figures, registry
from .asked import Asked
from .counting import Value, counted
from .proposal_figures import BY_CATEGORY
from .sight import GROUPS, Reader, reader_of

YEARS = 5
WORDS = ("name", "unit", "population", "formula", "source")


@dataclass(frozen=True)
class Frozen:
    """One figure of a snapshot, as it was."""

    key: str
    group: str
    name: str
    unit: str
    population: str
    formula: str
    source: str
    part: int | None
    whole: int | None
    shown: str
    rates: bool = False
    public: bool = False

    @property
    def fraction(self) -> str:
        return f"{self.part} ÷ {self.whole}" if self.whole is not None else ""

    @property
    def number(self) -> int | Fraction | str | None:
        """For a cell of a workbook."""
        if self.whole is None:
            return self.part
        return Fraction(self.part, self.whole) if self.whole else self.shown


@dataclass(frozen=True)
class Difference:
    was: Frozen
    now: Value | None

    @property
    def is_same(self) -> bool:
        return self.now is not None and (self.was.part, self.was.whole) == (self.now.part, self.now.whole)

    @property
    def now_words(self) -> str:
        return self.now.words if self.now else "已不再统计"


def may_sign(user) -> bool:
    return posts_of(user).in_proposal_committee("head")


def check(user) -> None:
    """Raises NotAllowed for anybody but the head."""
    if not may_sign(user):
        raise NotAllowed("年度统计由提案委负责人签署定稿。", "请提案委负责人登录后签署。")


def is_over(year: int) -> bool:
    """A year is frozen on its last day or later."""
    day = today()
    return year < day.year or day == date(year, 12, 31)


def years() -> range:
    """Those that may be frozen when they are over: this one and the four before it, the latest first."""
    this = today().year
    return range(this, this - YEARS, -1)


def waiting_years() -> list[int]:
    """Those that are over and not frozen, the latest first."""
    frozen = set(FigureSnapshot.objects.values_list("year", flat=True))
    return [year for year in years() if is_over(year) and year not in frozen]


def draft(year: int, reader: Reader) -> list[dict]:
    """The year's figures as they would be frozen now."""
    figures = _figures(reader)
    values = counted(_asked(year, reader), figures)
    return [_kept(values[one.key]) for one in figures if values[one.key].part or not one.key.startswith(BY_CATEGORY)]


def _figures(reader: Reader) -> list[registry.Figure]:
    """Those that the reader reads, and filed proposals by category, which the public page draws."""
    return [*registry.read_by(reader), *(proposal_figures.by_category() if reader.everything else ())]


def _asked(year: int, reader: Reader) -> Asked:
    return Asked(period.of_year(year), reader, entire=True)


def _kept(value: Value) -> dict:
    figure = value.figure
    return {
        "key": figure.key, "group": figure.group, **{name: getattr(figure, name) for name in WORDS},
        "part": value.part, "whole": value.whole, "shown": value.shown, "rates": figure.rates, "public": figure.public,
    }  # fmt: skip


def freeze(year: int, user) -> FigureSnapshot:
    """Raises NotAllowed for anybody but the head, NotFound for a year that is none of `years`, TooLate before the
    year's end and when it is frozen already."""
    check(user)
    if year not in years():
        raise NotFound
    if not is_over(year):
        raise TooLate(f"{year} 年还没有结束，到 12 月 31 日才能定稿。", "请年底再来。")
    values, at = draft(year, reader_of(user)), timezone.now()
    row = FigureSnapshot(
        year=year, values=values, signed_by=user, signed_name=str(user), signed_at=at, digest=digest(year, values)
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise TooLate(f"{year} 年的统计已经定稿，不能再改。", "请查看已有的定稿。") from None
    return row


def digest(year: int, values: list[dict]) -> str:
    """What shows that nothing was changed: the same figures and words give the same 64 characters."""
    text = json.dumps({"year": year, "values": values}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(row: FigureSnapshot) -> bool:
    return row.digest == digest(row.year, row.values)


def frozen_of(row: FigureSnapshot, reader: Reader) -> list[Frozen]:
    """What of it a reader gets."""
    return told([Frozen(**one) for one in row.values], reader)


def told(found: list[Frozen], reader: Reader) -> list[Frozen]:
    """The kinds of figures that the person reads elsewhere, too; ratings may not have been open when they were signed,
    so they are the committee's."""
    own = [one for one in found if one.group in reader.groups]
    return own if reader.units.reads_ratings else [one for one in own if not one.rates]


def grouped(found: list[Frozen]) -> list[tuple[str, list[Frozen]]]:
    """By kind, in the order of the kinds."""
    groups = [(label, [one for one in found if one.group == key]) for key, label in GROUPS.items()]
    return [(label, rows) for label, rows in groups if rows]


def differences(row: FigureSnapshot, reader: Reader) -> list[Difference]:
    """Every figure of the snapshot beside the same counted now."""
    now = counted(_asked(row.year, reader), _figures(reader))
    return [Difference(one, now.get(one.key)) for one in frozen_of(row, reader)]


def public_of(row: FigureSnapshot) -> list[Frozen]:
    return [Frozen(**one) for one in row.values if one["public"]]
