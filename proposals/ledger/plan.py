"""A whole ledger thought through: what is new, what is known, and everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from documents.sheets.problems import Problem
from documents.sheets.reading import Book
from documents.sheets.reports import Report
from documents.sheets.rows import RowReader
from documents.sheets.tables import find_tables
from proposals.kinds import Kind
from proposals.states import ProposalState

from . import bodies, keys, known, merging, sessions
from .columns import COLUMNS
from .entries import Entry, read_entry
from .people import Roll

IN_PORTAL = (
    "本次会议已有在本系统办理的提案（{count} 件）。台账只用来补登没有在本系统办理过的提案："
    "台账里就是这些提案的，不用再导入；届次选错了的，请改选；系统里只是演示数据的，请换一个空的数据库再导入。"
)


@dataclass
class Plan:
    """`entries` are the rows to be recorded. Nothing is saved yet; new records wait in the registers."""

    report: Report
    setting: sessions.Setting
    roll: Roll
    sectors: bodies.Sectors
    units: bodies.Units
    collectives: bodies.Collectives
    categories: bodies.Categories
    entries: list[Entry] = field(default_factory=list)


def make(book: Book, report: Report) -> Plan:
    """Read and check every row for the session `report.target`; the problems are in the report.

    Raises Unreadable for the book as a whole.
    """
    report.tables = find_tables(book, COLUMNS)
    everything = list(_entries(report))
    if not everything:
        report.errors.append(Problem.of_workbook("只有表头，没有提案。请填写后再导入。"))
    setting = sessions.find(report.target, [entry.submitted for entry in everything if entry.submitted])
    session = setting.session
    sectors = bodies.Sectors(session)
    registers = (sectors, bodies.Units(session), bodies.Collectives(session), bodies.Categories())
    plan = Plan(report, setting, Roll(session, sectors), *registers)
    _name_collectives(everything, plan)
    keys.give_keys(session.code, everything)
    _check_doubles(everything)
    in_portal = known.mark(everything, setting)
    plan.entries = [entry for entry in everything if entry.known is None]
    if in_portal and plan.entries:
        report.notes.append(Problem.of_workbook(IN_PORTAL.format(count=in_portal)))
    plan.roll.resolve(entry for entry in plan.entries if _has_people(entry))
    for entry in plan.entries:
        _resolve(entry, plan)
    merging.resolve(everything, setting)
    _count(plan, [entry for entry in everything if entry.known is not None])
    return plan


def _entries(report: Report) -> Iterable[Entry]:
    for table in report.tables:
        report.open_table(table)
        for row in table.rows:
            report.rows += 1
            yield read_entry(RowReader(table, row, report.errors, report.notes))


def _name_collectives(entries: list[Entry], plan: Plan) -> None:
    """A known collective named as 提案人 will do where 集体名称 is empty; also in rows that are on record already."""
    for entry in entries:
        named = entry.resolved.get("collective_in_proposers", "")
        if named and len(plan.collectives.known(named)) == 1:
            entry.collective = named


def _has_people(entry: Entry) -> bool:
    return entry.kind not in (None, Kind.COLLECTIVE) and "proposers" not in entry.reader.failed


def _check_doubles(entries: list[Entry]) -> None:
    """A number may stand only once; rows without one are told apart by their ordinal."""
    first: dict[str, Entry] = {}
    for entry in entries:
        before = first.setdefault(entry.key, entry)
        if before is not entry:
            where = f"第 {before.reader.number} 行"
            if before.reader.sheet != entry.reader.sheet:
                where = f"工作表“{before.reader.sheet}”{where}"
            entry.reader.problem("number", f"案号与{where}重复（{before.title[:20]}）。请核对")


def _resolve(entry: Entry, plan: Plan) -> None:
    """Names become records; unknown ones are made ready to be added, unless something is wrong with the name."""
    if "category" not in entry.reader.failed:
        entry.resolved["category"] = plan.categories.resolve(entry.category)
    if entry.kind == Kind.COLLECTIVE:
        entry.resolved["organization"] = _collective(entry, plan)
    if entry.outcome == ProposalState.FILED:
        _resolve_units(entry, plan)
    if entry.disposition_unit:
        _resolve_disposition(entry, plan)


def _collective(entry: Entry, plan: Plan):
    if entry.collective and "collective" not in entry.reader.failed:
        return plan.collectives.resolve(entry.collective, entry.reader, "collective")
    if not {"collective", "proposers"} & entry.reader.failed:
        entry.reader.problem("collective", "提案形式是集体，却没有填集体名称。请填写提出这件提案的单位")
    return None


def _resolve_units(entry: Entry, plan: Plan) -> None:
    leads = _units_named(entry, "units", entry.units, plan)
    leads = list({id(unit): unit for unit in leads if unit is not None}.values())
    if not entry.units and entry.is_handled and "units" not in entry.reader.failed:
        leads = [plan.units.unrecorded()]
    entry.resolved["units"] = leads
    assistants = entry.assistants if len(leads) == 1 else []
    found = _units_named(entry, "assistants", assistants, plan)
    found = {id(unit): unit for unit in found if unit is not None and unit not in leads}
    entry.resolved["assistants"] = list(found.values())


def _units_named(entry: Entry, key: str, names: list[str], plan: Plan) -> list:
    return [] if key in entry.reader.failed else [plan.units.resolve(name, entry.reader, key) for name in names]


def _resolve_disposition(entry: Entry, plan: Plan) -> None:
    """“转县教育局”: only a known unit, so that a strange word is never taken for a new unit."""
    found = plan.units.known(entry.disposition_unit)
    if len(found) == 1:
        entry.resolved["disposition_unit"] = found[0]
        return
    entry.reader.problem(
        "disposition",
        f"“{entry.disposition_unit}”不是已有的单位。请写：转社情民意、转意见建议、转来信、退回提案者、不作处理",
    )


def _count(plan: Plan, on_record: list[Entry]) -> None:
    report = plan.report
    report.unchanged, different = known.compare(on_record)
    for entry, key, sentence in different:
        entry.reader.note(key, sentence)
        report.changed.append(report.notes.pop())
    term = plan.setting.session.term
    report.created = {
        "terms": [str(term)] if term.pk is None and plan.entries else [],
        "sessions": [str(plan.setting.session)] if plan.setting.is_new and plan.entries else [],
        "people": [str(newcomer) for newcomer in plan.roll.new],
        "sectors": list(plan.sectors.new),
        "collectives": list(plan.collectives.new),
        "units": list(plan.units.new),
        "categories": list(plan.categories.new),
    }
    report.notes += [Problem.of_workbook(note) for note in plan.setting.notes if plan.entries]
    report.added = len(plan.entries) if report.ok else 0
