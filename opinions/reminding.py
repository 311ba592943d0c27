"""The due dates of reports and of units' parts, for notices.reminders: each kind one set-based query."""

from collections import defaultdict
from collections.abc import Iterator

from deadlines.rules import as_date
from members.models import OrganizationKind, Post
from members.posts import everybodys_posts
from notices.reminders.sources import Audience, DueRow, Window

from . import clocks
from .models import OpinionReport, Transfer
from .rights import edits, reviews, signs
from .states import State, TransferState


class People:
    """Ids of users with an open account, by what they do with reports; one query."""

    def __init__(self):
        self.at: dict[tuple[int, str], set[int]] = defaultdict(set)
        self.editors, self.reviewers, self.signers = set(), set(), set()
        for user_id, posts in everybodys_posts().items():
            for does, group in ((edits, self.editors), (reviews, self.reviewers), (signs, self.signers)):
                if does(posts):
                    group.add(user_id)
            for held in posts.held:
                if held.kind == OrganizationKind.UNIT:
                    self.at[held.organization_id, held.post].add(user_id)

    def holding(self, state: str) -> set[int]:
        """Who has to act on a report of this state."""
        return {State.REVIEWING: self.reviewers, State.REVIEWED: self.signers}.get(state, self.editors)


def due_rows(window: Window) -> Iterator[DueRow]:
    """All of them private: who looks through the reminders to come may know nothing of reports."""
    if not window.with_private:
        return
    people = People()
    yield from _reports(window, people)
    yield from _parts(window, people)


def _reports(window: Window, people: People) -> Iterator[DueRow]:
    rows = OpinionReport.objects.under_way().filter(due_on__lte=window.until)
    for row in rows.order_by().only("state", "due_on", "submitted_at", "receipt_number", "urgency"):
        yield DueRow(
            case_kind=row.process_name, case_id=row.pk, step=clocks.HANDLE, due_on=row.due_on,
            started_on=as_date(row.submitted_at), number=f"社情民意 {row.number}", url=row.get_absolute_url(),
            people={Audience.HOLDER: people.holding(row.state)}, rule_kind=row.urgency, private=True,
        )  # fmt: skip


def _parts(window: Window, people: People) -> Iterator[DueRow]:
    rows = Transfer.objects.with_unit().filter(report__moved_offline_at=None).select_related("report")
    fields = ("state", "unit_id", "assigned_at", "sign_due_on", "due_on", "report__receipt_number", "report__urgency")
    for row in rows.order_by().only(*fields):
        steps = [(clocks.REPLY, row.due_on)]
        steps += [(clocks.SIGN, row.sign_due_on)] if row.state == TransferState.AWAITING_SIGN else []
        for step, due_on in steps:
            if due_on is not None and due_on <= window.until:
                yield _part(row, step, due_on, people)


def _part(row: Transfer, step: str, due_on, people: People) -> DueRow:
    told = {
        Audience.HOLDER: people.at[row.unit_id, Post.OPERATOR], Audience.UNIT_LEADER: people.at[row.unit_id, Post.UNIT_LEADER],
    }  # fmt: skip
    return DueRow(
        case_kind=row.process_name, case_id=row.pk, step=step, due_on=due_on, started_on=as_date(row.assigned_at),
        number=f"社情民意 {row.report.number}", url=row.get_absolute_url(), people=told, rule_kind=row.report.urgency, private=True,
    )  # fmt: skip


def sees_all(user) -> bool:
    """Of what is not private there is nothing."""
    return True
