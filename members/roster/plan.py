"""A whole roster thought through: who is new, what changes, and everything that is wrong."""

import re
from dataclasses import dataclass, field

from documents.sheets.problems import Problem
from documents.sheets.reading import Book
from documents.sheets.refusal import Unreadable
from documents.sheets.reports import Report
from documents.sheets.rows import RowReader
from documents.sheets.tables import Table, find_tables
from members.assumed_terms import day_by_count, term_from_year
from members.bodies import Bodies
from members.models import Appointment, Organization, OrganizationKind, Term
from members.periods import today

from . import matching
from .columns import COLUMNS, ID_HEADERS, ID_REFUSED, TITLES
from .entries import Entry, read_entry

GROUPS = (OrganizationKind.COUNTY_GROUP, OrganizationKind.TOWNSHIP_GROUP)
SEVERAL = re.compile("[、,，;；/]")
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
        if entry.since and term:
            _check_day(entry, term)


def _check_day(entry: Entry, term: Term) -> None:
    """A seat outside of its term would be counted in two terms at once."""
    if term.ends and entry.since > term.ends:
        entry.reader.problem("since", f"晚于{term}届满日期 {term.ends:%Y-%m-%d}。请核对")
    elif entry.since < term.starts:
        how = "请写在这一届任职的日期，连任的可以空着；届的开始日期有误的，请先在后台“届”里更正"
        entry.reader.problem("since", f"早于{term}开始日期 {term.starts:%Y-%m-%d}。{how}")


def _find_bodies(plan: Plan) -> None:
    starts = min((term.starts for term in plan.terms.values()), default=today())
    kinds = {
        "sector": ([OrganizationKind.SECTOR], lambda _name: OrganizationKind.SECTOR),
        "group": (GROUPS, _group_kind),
        "committee": ([OrganizationKind.COMMITTEE], lambda _name: OrganizationKind.COMMITTEE),
    }
    for key, (accepted, kind_of) in kinds.items():
        register = plan.registers[key] = Bodies(accepted, today(), starts, kind_of)
        # Names with several in them last: by then every single one is known.
        for entry in sorted(plan.entries, key=lambda entry: len(SEVERAL.split(getattr(entry, key)))):
            name = getattr(entry, key)
            if name and key not in entry.reader.failed and not _names_several(register, name, entry, key):
                entry.bodies[key] = register.resolve(name, entry.reader, key)
    _check_ended(plan)


def _names_several(register: Bodies, name: str, entry: Entry, key: str) -> bool:
    parts = [part for part in SEVERAL.split(name) if part]
    if len(parts) < 2 or register.known(name) or not all(register.known(part) for part in parts):
        return False
    entry.reader.problem(key, f"写了 {len(parts)} 个。一人只能在一个{TITLES[key]}，请只写一个")
    return True


def _check_ended(plan: Plan) -> None:
    """Nobody is newly seated in a body that does not last as long as the term; who sat there already may stay."""
    ended = [
        (entry, key, body)
        for entry in plan.entries
        for key, body in entry.bodies.items()
        if _ends_early(entry, body, plan)
    ]
    posts = Appointment.objects.filter(organization__in={body.pk for _entry, _key, body in ended}) if ended else ()
    held = {(post.person_id, post.organization_id) for post in posts}
    for entry, key, body in ended:
        if not _sat_there(entry, key, body, plan, held):
            how = "任职不能晚于这一天。请改填现有的机构，或删去"
            entry.reader.problem(key, f"{body.name}已于 {body.ends:%Y-%m-%d} 撤销，{how}")


def _ends_early(entry: Entry, body: Organization | None, plan: Plan) -> bool:
    term = plan.terms.get(entry.term)
    return bool(body and body.ends and term and (term.ends is None or body.ends < term.ends))


def _sat_there(entry: Entry, key: str, body: Organization, plan: Plan, held: set[tuple[int, int]]) -> bool:
    if entry.person is None:
        return False
    if key == "committee":
        return (entry.person.pk, body.pk) in held
    return any(getattr(seat, key) == body for seat in plan.people.seats_of(entry.person, entry.term))


def _group_kind(name: str) -> str:
    township = any(mark in name for mark in TOWNSHIP_MARKS)
    return OrganizationKind.TOWNSHIP_GROUP if township else OrganizationKind.COUNTY_GROUP
