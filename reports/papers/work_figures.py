"""What the 提案工作情况报告 tells, gathered once: the session's figures, rates of the registry, lines of its tables."""

from dataclasses import dataclass

from members.models import Organization, Session
from members.periods import today
from proposals.kinds import ResultClass
from proposals.models import Category, KeyProposal
from proposals.statistics import session_report
from reports.assessment import figures as assessment
from reports.assessment import period as assessment_periods
from reports.assessment import population
from reports.figures import period, pictures, registry
from reports.figures.asked import Asked
from reports.figures.counting import Value, counted
from reports.figures.sight import Reader
from reports.session_text import percent

RATES = ("participation_rate", "contact_rate", "adoption_rate")


@dataclass(frozen=True)
class CategoryLine:
    name: str
    filed: int
    share: str
    results: dict[str, int]


@dataclass(frozen=True)
class UnitLine:
    name: str
    handled: int
    shares: tuple[str, ...]


@dataclass(frozen=True)
class Work:
    """`units`: how many units answer; `unit_lines`: the assessment's figures, the unit with most first."""

    session: Session
    figures: dict
    values: dict[str, Value]
    units: int
    key_proposals: int
    categories: list[CategoryLine]
    unit_lines: list[UnitLine]


MEASURES = ("on_time", "contact", "resolved", "result")


def gather(session: Session, reader: Reader) -> Work:
    """Some fifteen queries for any number of proposals."""
    asked = Asked(period.of_session(session, period.known_sessions()), reader)
    known = registry.by_key()
    figures = session_report(session)
    values = counted(asked, [known[key] for key in RATES])
    shares = population.shares(assessment_periods.of_session(session), today())
    lines = _units(assessment.results(shares))
    keys = KeyProposal.objects.decided().filter(proposal__session=session).order_by().values("proposal_id")
    return Work(session, figures, values, len(lines), len(set(keys.values_list("proposal_id", flat=True))),
                _categories(figures, asked), lines)  # fmt: skip


def _categories(figures: dict, asked: Asked) -> list[CategoryLine]:
    known = list(Category.objects.filter(system="business").values_list("pk", "name"))
    results = {
        row["label"]: dict(zip(ResultClass.values, row["values"], strict=True))
        for row in pictures.results(asked, known)
    }
    return [
        CategoryLine(row["name"], row["count"], percent(row["count"], figures["filed"]), results.get(row["name"], {}))
        for row in figures["by_category"]
    ]  # fmt: skip


def _units(found: dict[int, assessment.Result]) -> list[UnitLine]:
    units = Organization.objects.units().in_bulk(list(found))
    handling = [(units[pk], result) for pk, result in found.items() if pk in units and result.handled]
    ordered = sorted(handling, key=lambda pair: (-pair[1].handled, pair[0].order, pair[0].pinyin, pair[0].pk))
    return [
        UnitLine(unit.name, result.handled, tuple(result.figures[key].share for key in MEASURES))
        for unit, result in ordered
    ]
