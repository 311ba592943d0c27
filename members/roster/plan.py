"""A whole roster thought through: who is new, what changes, and everything that is wrong."""

from dataclasses import dataclass, field

from documents.sheets.reading import Book
from documents.sheets.refusal import Unreadable
from documents.sheets.reports import Problem, Report
from documents.sheets.rows import RowReader
from documents.sheets.tables import Table, find_tables
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
        _note_table(table, report)
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
    for title in (*table.ignored, *table.titles.values()):
        if any(mark in title.replace(" ", "") for mark in ID_HEADERS):
            raise Unreadable(ID_REFUSED.format(column=title))


def _note_table(table: Table, report: Report) -> None:
    title = table.sheet.title
    if table.ignored:
        names = "、".join(table.ignored)
        report.notes.append(Problem(title, table.header_row, "", "", "", f"这些列不认识，没有读：{names}"))
    report.notes += [Problem(title, number, "", "", "", sentence) for number, sentence in table.notes]
    report.notes += [Problem.of_workbook(f"工作表“{title}”{sentence}") for sentence in table.sheet.notes]


def _find_terms(plan: Plan) -> None:
    """A term not known yet begins on the first day of office that the roster gives for it."""
    numbers = {entry.term for entry in plan.entries if entry.term}
    plan.terms = {term.number: term for term in Term.objects.filter(number__in=numbers)}
    for number in sorted(numbers - plan.terms.keys()):
        of_term = [entry for entry in plan.entries if entry.term == number]
        days = [entry.since for entry in of_term if entry.since]
        if days:
            plan.terms[number] = Term(number=number, starts=min(days))
            plan.report.notes.append(
                Problem.of_workbook(f"第 {number} 届原来没有，暂定 {min(days):%Y-%m-%d} 开始。请在后台“届”里核对。")
            )
        else:
            of_term[0].reader.problem(
                "term", f"第 {number} 届还没有设立，名册里也没有任职日期。请填任职日期，或先在后台设立这一届"
            )
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
