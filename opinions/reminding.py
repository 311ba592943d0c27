"""The due dates of reports and of units' parts, for notices.reminders: each kind one set-based query."""

from collections.abc import Iterator

from deadlines.rules import as_date
from members.everybody import Everybody
from members.models import Post
from notices.reminders.sources import Audience, DueRow, Window
from workflow.asking import Asked

from . import clocks
from .models import OpinionReport, Transfer
from .rights import edits, reviews, signs
from .states import State, TransferState

# Who has to act on a report of this state; on all others the editors.
HOLDERS = {State.REVIEWING: reviews, State.REVIEWED: signs}


def asked(window: Window) -> Iterator[Asked]:
    """All of them private: who looks through the reminders to come may know nothing of reports."""
    if not window.with_private:
        return
    rows = OpinionReport.objects.under_way().filter(due_on__lte=window.until).order_by()
    fields = ("state", "due_on", "submitted_at", "resubmitted_at", "receipt_number", "urgency")
    yield Asked(rows.only(*fields), lambda rows: _reports(rows, window.people))
    rows = Transfer.objects.with_unit().filter(report__moved_offline_at=None).select_related("report").order_by()
    fields = ("state", "unit_id", "assigned_at", "sign_due_on", "due_on", "report__receipt_number", "report__urgency")
    yield Asked(rows.only(*fields), lambda rows: _parts(rows, window))


def _reports(rows, people: Everybody) -> Iterator[DueRow]:
    for row in rows:
        yield DueRow(
            case_kind=row.process_name, case_id=row.pk, step=clocks.HANDLE, due_on=row.due_on,
            started_on=as_date(row.waits_since), number=f"社情民意 {row.number}", url=row.get_absolute_url(),
            people={Audience.HOLDER: people.who(HOLDERS.get(row.state, edits))}, rule_kind=row.urgency, private=True,
        )  # fmt: skip


def _parts(rows, window: Window) -> Iterator[DueRow]:
    for row in rows:
        steps = [(clocks.REPLY, row.due_on)]
        steps += [(clocks.SIGN, row.sign_due_on)] if row.state == TransferState.AWAITING_SIGN else []
        for step, due_on in steps:
            if due_on is not None and due_on <= window.until:
                yield _part(row, step, due_on, window.people)


def _part(row: Transfer, step: str, due_on, people: Everybody) -> DueRow:
    told = {
        Audience.HOLDER: people.at(row.unit_id, Post.OPERATOR), Audience.UNIT_LEADER: people.at(row.unit_id, Post.UNIT_LEADER),
    }  # fmt: skip
    return DueRow(
        case_kind=row.process_name, case_id=row.pk, step=step, due_on=due_on, started_on=as_date(row.assigned_at),
        number=f"社情民意 {row.report.number}", url=row.get_absolute_url(), people=told, rule_kind=row.report.urgency, private=True,
    )  # fmt: skip


def sees_all(user) -> bool:
    """Of what is not private there is nothing."""
    return True
