"""The dates of an assignment, all through `deadlines` (design §8)."""

from datetime import date, datetime

from deadlines import book as books
from deadlines.book import NoRule
from deadlines.rules import ceiling, due

from .kinds import AssignmentKind
from .models import Assignment


def start_clocks(assignment: Assignment, at: datetime, timing: str = "", book=None) -> None:
    """Set every due date of a newly (re-)assigned share; the reply never passes first assignment + 6 months."""
    book, kind = book or books.load(), timing
    assignment.assigned_at = assignment.round_started_at = at
    assignment.sign_due_on = due("sign", assignment.sign_restarted_at or at, kind, book=book).on
    assignment.return_due_on = due("return_request", at, kind, book=book).on
    if assignment.kind == AssignmentKind.ASSIST:
        assignment.due_on = due("opinion", at, kind, book=book).on
        return
    limit = ceiling(assignment.first_assigned_at)
    assignment.contact_due_on = due("first_contact", at, kind, book=book).on
    assignment.due_on = due("reply", at, kind, no_later_than=limit, book=book).on
    _keep_decided(assignment)


def _keep_decided(assignment: Assignment) -> None:
    """A date that was decided (延期, 重新定期限) stands whatever the rules say; what they say is on file beside it."""
    if assignment.decided_due_on:
        assignment.original_due_on, assignment.due_on = assignment.due_on, assignment.decided_due_on


def start_round(assignment: Assignment, at: datetime, timing: str = "") -> None:
    """Set the date of a further round after 不满意: 30 days, its own contact first."""
    assignment.round += 1
    assignment.round_started_at = at
    assignment.due_on = due("rehandle", at, timing).on
    assignment.rating_due_on = assignment.original_due_on = assignment.decided_due_on = None


def signing_anew(at: datetime, timing: str = "") -> dict:
    """The time to sign anew for a unit whose return was refused: what the wait cost is not its own fault."""
    return {"sign_restarted_at": at, "sign_due_on": due("sign", at, timing).on}


def decide_return_by(assignment: Assignment, timing: str = "", book=None) -> date | None:
    """By when the office decides on the return; None where it is not known since when it waits, or no rule says."""
    if assignment.return_asked_at is None:
        return None
    try:
        return due("decide_return", assignment.return_asked_at, timing, book=book).on
    except NoRule:
        return None


def rating_due(at: datetime, timing: str = "") -> date:
    return due("rating", at, timing).on


def comment_due(at: datetime, timing: str = "") -> date:
    return due("draft_comment", at, timing).on


def step_of(assignment: Assignment) -> str:
    """The due-rule step that `due_on` of this share follows."""
    if assignment.kind == AssignmentKind.ASSIST:
        return "opinion"
    return "reply" if assignment.round == 1 else "rehandle"
