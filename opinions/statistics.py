"""The yearly list: who reported how much, what of it was issued, adopted at which level, and got a 批示.

Counted by the year of submission, of what was received and not taken back; adoptions and 批示 whenever they came. A
report that several share counts for each of them; the totals count every report once. What was registered on a text that
unites several reports counts for each report in it, as 编发 does: reports are counted, not issues.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from members.models import Member
from members.periods import today

from .kinds import Level
from .models import Adoption, Instruction, OpinionReport
from .states import State


class By(StrEnum):
    AUTHOR = "author"
    ORGANIZATION = "organization"
    REPORTER = "reporter"
    SECTOR = "sector"


LABELS = {By.AUTHOR: "按反映人", By.ORGANIZATION: "按单位", By.SECTOR: "按界别", By.REPORTER: "按类型"}

# The total counts every report once, also those that stand in no line of this list.
TOTALS = {By.AUTHOR: "合计（含单位反映的）", By.ORGANIZATION: "合计（含个人反映的）"}


@dataclass
class Line:
    """One row: reports, issued ones, adoptions by level (reports, not rows), reports with a 批示."""

    name: str
    key: str = ""
    received: int = 0
    issued: int = 0
    adopted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    instructed: int = 0

    def add(self, report: "Counted") -> None:
        self.received += 1
        self.issued += report.issued
        self.instructed += report.instructed
        for level in report.levels:
            self.adopted[level] += 1

    @property
    def levels(self) -> list[int]:
        return [self.adopted[level] for level in Level]

    def cells(self) -> list[int]:
        return [self.received, self.issued, *self.levels, self.instructed]

    def filters(self) -> list[dict[str, str]]:
        """Of each cell what the list has to be asked to show the rows behind it, as `cells`."""
        adopted = [{"outcome": level.value} for level in Level]
        return [{}, {"state": State.ISSUED.value}, *adopted, {"outcome": "instructed"}]


@dataclass(frozen=True)
class Counted:
    keys: tuple[tuple[str, str], ...]  # (key, name) of every row in which it counts
    issued: bool
    levels: frozenset[str]
    instructed: bool


HEADS = ("反映", "编发", *(f"{level.label}采用" for level in Level), "获批示")


@dataclass(frozen=True)
class YearList:
    year: int
    by: By
    lines: list[Line]
    total: Line


def years() -> list[int]:
    """Those in which something was received, the newest first; this year always."""
    found = OpinionReport.objects.received().order_by().values_list(ExtractYear("submitted_at"), flat=True)
    return sorted({today().year, *found.annotate(n=Count("pk"))}, reverse=True)


def of_year(year: int, by: By) -> YearList:
    """Five queries, however many reports."""
    lines, total = {}, Line(TOTALS.get(by, "合计"))
    for report in _counted(year, by):
        total.add(report)
        for key, name in report.keys:
            lines.setdefault(key, Line(name, key)).add(report)
    ordered = sorted(lines.values(), key=lambda line: (-line.issued, -line.received, line.name))
    return YearList(year, by, ordered, total)


def _counted(year: int, by: By) -> Iterable[Counted]:
    rows = OpinionReport.objects.received().filter(submitted_at__year=year).order_by("pk")
    united = rows.order_by().filter(combined_into__state=State.ISSUED)
    there = Q(report__in=rows.order_by().values("pk")) | Q(report__in=united.values("combined_into"))
    levels: dict[int | None, set[str]] = defaultdict(set)
    for pk, level in Adoption.objects.valid().filter(there).values_list("report_id", "level"):
        levels[pk].add(level)
    instructed = set(Instruction.objects.valid().filter(there).values_list("report_id", flat=True))
    credited = _credited(rows, by)
    for pk, state, main, main_state in rows.values_list("pk", "state", "combined_into", "combined_into__state"):
        keys = {pk, main} if main_state == State.ISSUED else {pk}
        reached = frozenset().union(*(levels[key] for key in keys))
        yield Counted(credited.get(pk, ()), state == State.ISSUED, reached, bool(keys & instructed))


def _credited(rows, by: By) -> dict[int, tuple[tuple[str, str], ...]]:
    """Report → the rows of the list in which it counts."""
    if by == By.REPORTER:
        return {row.pk: ((row.reporter, row.get_reporter_display()),) for row in rows.only("pk", "reporter")}
    if by == By.ORGANIZATION:
        found = rows.filter(organization__isnull=False).values_list("pk", "organization_id", "organization__name")
        return {pk: ((str(key), name),) for pk, key, name in found}
    people: dict[int, dict[int, str]] = defaultdict(dict)
    own = rows.filter(organization__isnull=True, author__isnull=False)
    for pk, key, name in [*own.values_list("pk", "author_id", "author__name"),
                          *rows.filter(co_authors__isnull=False).values_list("pk", "co_authors", "co_authors__name")]:  # fmt: skip
        people[pk][key] = name
    if by == By.SECTOR:
        return _by_sector(people)
    return {pk: tuple((str(key), name) for key, name in found.items()) for pk, found in people.items()}


def _by_sector(people: dict[int, dict[int, str]]) -> dict[int, tuple[tuple[str, str], ...]]:
    wanted = {key for found in people.values() for key in found}
    seats = Member.objects.filter(person__in=wanted, sector__isnull=False).order_by("starts", "pk")
    sector = {
        person: (str(key), name) for person, key, name in seats.values_list("person_id", "sector_id", "sector__name")
    }
    return {
        pk: tuple(dict.fromkeys(sector.get(key, ("none", "（没有界别）")) for key in found))
        for pk, found in people.items()
    }
