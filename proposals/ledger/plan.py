"""A whole ledger thought through: what is new, what is known, and everything that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from documents.sheets.reading import Book
from documents.sheets.reports import Problem, Report
from documents.sheets.rows import RowReader
from documents.sheets.tables import find_tables
from proposals.kinds import Kind
from proposals.states import ProposalState

from . import bodies, keys, known, merging, sessions
from .columns import COLUMNS
from .entries import Entry, read_entry
from .people import Roll


@dataclass
class Plan:
    """`entries` are the rows to be recorded. Nothing is saved yet; new records wait in the registers."""

    report: Report
    setting: sessions.Setting
    roll: Roll
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
    registers = (bodies.Units(session), bodies.Collectives(session), bodies.Categories())
    plan = Plan(report, setting, Roll(session), *registers)
    keys.give_keys(session.code, everything)
    _check_doubles(everything)
    known.mark(everything, setting)
    plan.entries = [entry for entry in everything if entry.known is None]
    for entry in plan.entries:
        _resolve(entry, plan)
    merging.resolve(everything, setting)
    _count(plan, [entry for entry in everything if entry.known is not None])
    return plan


def _entries(report: Report) -> Iterable[Entry]:
    for table in report.tables:
        _note_table(table, report)
        for row in table.rows:
            report.rows += 1
            yield read_entry(RowReader(table, row, report.errors, report.notes))


def _note_table(table, report: Report) -> None:
    title = table.sheet.title
    if table.ignored:
        names = "、".join(table.ignored)
        report.notes.append(Problem(title, table.header_row, "", "", "", f"这些列不认识，没有读：{names}"))
    for number, sentence in table.notes:
        report.notes.append(Problem(title, number, "", "", "", sentence))
    for sentence in table.sheet.notes:
        report.notes.append(Problem.of_workbook(f"工作表“{title}”{sentence}"))


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
    """Names become records; unknown ones are made ready to be added."""
    reader = entry.reader
    entry.resolved["category"] = plan.categories.resolve(entry.category)
    if entry.kind == Kind.COLLECTIVE:
        entry.resolved["organization"] = _collective(entry, plan)
    elif entry.kind and "proposers" not in reader.failed:
        entry.resolved["people"] = plan.roll.resolve(entry)
    if entry.outcome == ProposalState.FILED:
        _resolve_units(entry, plan)
    if entry.disposition_unit:
        _resolve_disposition(entry, plan)


def _collective(entry: Entry, plan: Plan):
    """From 集体名称; a known collective named as 提案人 will do where that column is empty."""
    if entry.collective:
        return plan.collectives.resolve(entry.collective, entry.reader, "collective")
    named = entry.resolved.get("collective_in_proposers", "")
    found = plan.collectives.known(named) if named else []
    if len(found) == 1:
        entry.collective = named
        return found[0]
    if not {"collective", "proposers"} & entry.reader.failed:
        entry.reader.problem("collective", "提案形式是集体，却没有填集体名称。请填写提出这件提案的单位")
    return None


def _resolve_units(entry: Entry, plan: Plan) -> None:
    leads = [plan.units.resolve(name, entry.reader, "units") for name in entry.units]
    leads = list({id(unit): unit for unit in leads if unit is not None}.values())
    if not entry.units and entry.is_handled and "units" not in entry.reader.failed:
        leads = [plan.units.unrecorded()]
    entry.resolved["units"] = leads
    assistants = entry.assistants if len(leads) == 1 else []
    found = [plan.units.resolve(name, entry.reader, "assistants") for name in assistants]
    found = {id(unit): unit for unit in found if unit is not None and unit not in leads}
    entry.resolved["assistants"] = list(found.values())


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
        "people": [str(name) for name in plan.roll.new],
        "collectives": list(plan.collectives.new),
        "units": list(plan.units.new),
        "categories": list(plan.categories.new),
    }
    report.notes += [Problem.of_workbook(note) for note in plan.setting.notes if plan.entries]
    report.added = len(plan.entries) if report.ok else 0
