"""The doors of the ledger import: command and admin call these, nothing else."""

from contextlib import contextmanager
from functools import partial

from django.db import IntegrityError, transaction

from documents.sheets import reading, writing
from documents.sheets.problems import Problem
from documents.sheets.refusal import Unreadable
from documents.sheets.reports import Report
from notices import wake
from notices.comparing import REFRESH
from proposals.compared import KIND
from proposals.numbering import hold

from . import recording, sessions
from .columns import COLUMNS, GUIDE
from .plan import make

BUSY = "导入时有人正在这次会议里编号或导入，没有写入任何内容。请过一会儿再试一次。"


def preview(file, session) -> Report:
    """What importing would do; nothing is written. `session`: its code ("11-4") or the Session."""
    report = _report(file, session, dry_run=True)
    with _refusals_in(report):
        report.target = sessions.normal_code(report.target)
        make(reading.read(file), report)
    return report


def run(file, session, user=None) -> Report:
    """Import all rows, or none when there is any error. `user` stands in the events as the one acted for."""
    report = _report(file, session, dry_run=False)
    with _refusals_in(report):
        report.target = sessions.normal_code(report.target)
        book = reading.read(file)
        with transaction.atomic():
            _write(book, report, user)
    return report


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
        report.added = report.updated = 0


def _write(book, report: Report, user) -> None:
    """One import of a session at a time, and no number given out meanwhile."""
    for series in (f"ledger:{report.target}", f"case:{report.target}"):
        hold(series)
    plan = make(book, report)
    if report.ok:
        recording.write(plan, user)
        transaction.on_commit(partial(wake.soon, REFRESH, KIND), robust=True)
    else:
        transaction.set_rollback(True)


def template() -> bytes:
    """An empty ledger (.xlsx) with the columns, drop-down lists and a page that explains them."""
    return writing.template(COLUMNS, "提案台账", GUIDE)


def error_workbook(report: Report) -> bytes:
    """The rows with the wrong cells marked; correct it and import it again."""
    return writing.error_workbook(report, COLUMNS)


def _report(file, session, dry_run: bool) -> Report:
    return Report(reading.name_of(file), getattr(session, "code", None) or str(session).strip(), dry_run)
