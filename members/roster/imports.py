"""The doors of the roster import: command and admin call these, nothing else."""

from contextlib import contextmanager

import pghistory
from django.db import IntegrityError, transaction

from documents.sheets import reading, writing
from documents.sheets.problems import Problem
from documents.sheets.refusal import Unreadable
from documents.sheets.reports import OUTCOMES, Report
from members.models import Term

from . import batches, recording, telling, traces
from .changes import Change, work_out
from .columns import COLUMNS, GUIDE
from .plan import Plan, make

BUSY = "导入时有人正在改委员资料，没有写入任何内容。请过一会儿再试一次。"


def preview(file, term=None) -> Report:
    """What importing would do; nothing is written. `term`: its number, the Term, or None for the 届次 column."""
    report = _report(file, term, dry_run=True)
    with _refusals_in(report):
        _plan(reading.read(file), report)
    return report


def run(file, term=None, user=None) -> Report:
    """Import all rows, or none when there is any error. Who did it stands in the history of the rows."""
    report = _report(file, term, dry_run=False)
    with _refusals_in(report):
        book = reading.read(file)
        source = {"source": "委员名册导入", **({"user": user.pk} if user else {})}
        with pghistory.context(**source), transaction.atomic():
            # One import at a time, and nobody adds people in between.
            list(Term.objects.select_for_update().values_list("pk", flat=True))
            plan, changes = _plan(book, report)
            if report.ok:
                _write(book, report, user, plan, changes)
    return report


def _write(book, report: Report, user, plan: Plan, changes: list[Change]) -> None:
    touches = traces.touched(plan, changes)
    before = traces.stored(touch.row for touch in touches)
    recording.write(plan, changes)
    batch = batches.keep(report, book, user, touches, before)
    report.batch = batch and batch.pk


@contextmanager
def _refusals_in(report: Report):
    """What concerns the workbook as a whole becomes a line of the report, never a traceback."""
    try:
        yield
    except Unreadable as refusal:
        report.errors += refusal.problems
    except IntegrityError:
        report.errors.append(Problem.of_workbook(BUSY))
    report.sort()
    if report.errors:
        report.added = report.updated = report.unchanged = 0
        report.outcomes, report.batch = {}, None


def _plan(book, report: Report) -> tuple[Plan, list[Change]]:
    plan = make(book, _number(report.target), report)
    changes = work_out(plan) if report.ok else []
    _count(report, plan, changes)
    return plan, changes


def _count(report: Report, plan: Plan, changes: list[Change]) -> None:
    report.outcomes = telling.outcomes(changes)
    report.added, report.updated, report.unchanged = (len(report.outcomes[kind]) for kind in OUTCOMES)
    report.created = {
        "terms": [str(term) for term in plan.new_terms],
        "people": [entry.name for entry in plan.entries if entry.person is None and report.ok],
        "sectors": _new(plan, "sector"), "groups": _new(plan, "group"), "committees": _new(plan, "committee"),
    }  # fmt: skip


def _new(plan: Plan, key: str) -> list[str]:
    return list(plan.registers[key].new) if key in plan.registers else []


def _number(target: str) -> int | None:
    if not target:
        return None
    digits = target.removeprefix("第").removesuffix("届")
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits) < 1000):
        raise Unreadable(f"“{target}”不是届次。请写成 11 这样的数字。")
    return int(digits)


def _report(file, term, dry_run: bool) -> Report:
    number = getattr(term, "number", term)
    return Report(reading.name_of(file), "" if number is None else str(number).strip(), dry_run)


def template() -> bytes:
    """An empty roster (.xlsx) with the columns, drop-down lists and a page that explains them."""
    return writing.template(COLUMNS, "委员名册", GUIDE)


def error_workbook(report: Report) -> bytes:
    """The rows with the wrong cells marked; correct it and import it again."""
    return writing.error_workbook(report, COLUMNS)
