"""A whole roster thought through: who is new, what changes, and everything that is wrong."""

from dataclasses import dataclass, field

from documents.sheets.problems import Problem
from documents.sheets.reading import Book
from documents.sheets.refusal import Unreadable
from documents.sheets.reports import Report
from documents.sheets.rows import RowReader
from documents.sheets.tables import Table, find_tables
from members.assumed_terms import day_by_count, term_from_year
from members.bodies import Bodies
from members.models import OrganizationKind, Term
from members.periods import today

from . import matching
from .columns import COLUMNS, ID_HEADERS, ID_REFUSED
from .entries import Entry, read_entry

GROUPS = (OrganizationKind.COUNTY_GROUP, OrganizationKind.TOWNSHIP_GROUP)
TOWNSHIP_MARKS = ("乡", "镇", "街道", "联络", "农场")


@dataclass
class Plan:
    """Nothing is saved yet; new terms and bodies wait in their registers."""

    report: Report
    entries: list[Entry] = field(default_factory=list)
    people: matching.People | None = None
    terms: dict[int, Term] = field(default_factory=dict)
    registers: dict[str, Bodies] = field(default_factory=dict)

    @property
    def new_terms(self) -> list[Term]:
        return [term for term in self.terms.values() if term.pk is None]


def make(book: Book, chosen: int | None, report: Report) -> Plan:
    """Read and check every row; the problems are in `report`. Raises Unreadable for the book as a whole."""
    tables = find_tables(book, COLUMNS)
    for table in tables:
        _refuse_id_numbers(table)
    report.tables = tables
    plan = Plan(report)
    for table in tables:
        report.open_table(table)
        for row in table.rows:
            report.rows += 1
            plan.entries.append(read_entry(RowReader(table, row, report.errors, report.notes), chosen))
    if not plan.entries:
        report.errors.append(Problem.of_workbook("只有表头，没有委员。请填写后再导入。"))
        return plan
    plan.people = matching.match(plan.entries)
    _find_terms(plan)
    _find_bodies(plan)
    return plan


def _refuse_id_numbers(table: Table) -> None:
    for title in (*table.ignored, *table.titles.values(), *(double.title for double in table.doubles)):
        if any(mark in title.replace(" ", "") for mark in ID_HEADERS):
            raise Unreadable(ID_REFUSED.format(column=title))


def _find_terms(plan: Plan) -> None:
    """A term not known yet begins on the first day of office in the roster, without any as it would for a ledger."""
    numbers = {entry.term for entry in plan.entries if entry.term}
    plan.terms = {term.number: term for term in Term.objects.filter(number__in=numbers)}
    for number in sorted(numbers - plan.terms.keys()):
        days = [entry.since for entry in plan.entries if entry.term == number and entry.since]
        term = Term(number=number, starts=min(days)) if days else term_from_year(number, day_by_count(number).year)
        plan.terms[number] = term
        note = f"第 {number} 届原来没有，暂定 {term.starts:%Y-%m-%d} 开始。请在后台“届”里核对。"
        plan.report.notes.append(Problem.of_workbook(note))
    for entry in plan.entries:
        term = plan.terms.get(entry.term)
        if entry.since and term and term.ends and entry.since > term.ends:
            entry.reader.problem("since", f"晚于{term}届满日期 {term.ends:%Y-%m-%d}。请核对")


def _find_bodies(plan: Plan) -> None:
    starts = min((term.starts for term in plan.terms.values()), default=today())
    kinds = {
        "sector": ([OrganizationKind.SECTOR], lambda _name: OrganizationKind.SECTOR),
        "group": (GROUPS, _group_kind),
        "committee": ([OrganizationKind.COMMITTEE], lambda _name: OrganizationKind.COMMITTEE),
    }
    for key, (accepted, kind_of) in kinds.items():
        register = plan.registers[key] = Bodies(accepted, today(), starts, kind_of)
        for entry in plan.entries:
            name = getattr(entry, key)
            if name and key not in entry.reader.failed:
                entry.bodies[key] = register.resolve(name, entry.reader, key)


def _group_kind(name: str) -> str:
    township = any(mark in name for mark in TOWNSHIP_MARKS)
    return OrganizationKind.TOWNSHIP_GROUP if township else OrganizationKind.COUNTY_GROUP
