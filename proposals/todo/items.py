"""Making one row of 我的待办 from a case."""

from datetime import date, datetime

from django.urls import reverse

from deadlines.book import Book
from proposals.due_signs import due_sign
from proposals.models import Assignment, Proposal
from workflow.models import Case
from workflow.todo import TodoItem


def act_url(case: Case, act: str) -> str:
    return reverse(f"proposals:{case.process_name}_act", args=[case.pk, act])


def of_proposal(proposal: Proposal, what: str, url: str, *, act: str = "", **more) -> TodoItem:
    return item(proposal, proposal, what, url, act, **more)


def of_share(share: Assignment, what: str, url: str, *, act: str = "", **more) -> TodoItem:
    return item(share, share.proposal, what, url, act, **more)


def item(  # noqa: PLR0913 (one row of a page, every column by name)
    case: Case,
    proposal: Proposal,
    what: str,
    url: str,
    act: str = "",
    *,
    waiting: str = "",
    since: datetime | None = None,
    due_on: date | None = None,
    step: str = "",
    start: datetime | None = None,
    book: Book | None = None,
) -> TodoItem:
    """`step` and `start` say by which due rule the light is chosen."""
    sign = due_sign(due_on, step, start, proposal.timing, book=book)
    return TodoItem(
        process=case.process_name, object_id=case.pk, number=proposal.number, title=str(proposal),
        what=what, url=url, case_url=case.get_absolute_url(), act=str(act), waiting=waiting,
        since=since, due_on=due_on,
        colour=sign.colour if sign else "", word=sign.word if sign else "",
    )  # fmt: skip
