"""More time: requests for the dispatch office to decide, dates for the head to set after six months."""

from collections.abc import Iterator

from deadlines.book import Book
from members.models import Post
from members.periods import today
from members.posts import posts_of
from proposals import extensions
from proposals.acts import AssignmentAct, ExtensionAct
from proposals.models import Assignment, ExtensionRequest
from workflow.asking import Asked
from workflow.todo import TodoItem

from .items import act_url, item, of_share


def to_decide(share: Assignment, book: Book) -> TodoItem:
    """A share of `for_list()` whose unit asks for more time; due when the date asked about is over."""
    request = ExtensionRequest(pk=share.open_extension, assignment=share, proposal=share.proposal)
    return item(
        request, share.proposal, "决定延期申请", act_url(request, ExtensionAct.GRANT), ExtensionAct.GRANT,
        waiting=str(share.unit), since=share.assigned_at, due_on=share.due_on, book=book,
    )  # fmt: skip


def to_reset(user, book: Book) -> Iterator[Asked]:
    """Unanswered past their date and past six months: the head of 提案委 sets a date (design §8)."""
    if not posts_of(user).in_proposal_committee(Post.HEAD):
        return
    day = today()
    late = extensions.maybe_to_reset(Assignment.objects.for_list(), day).order_by("due_on", "pk")
    yield Asked(late, lambda rows: [_reset(share, book) for share in rows if extensions.past_ceiling(share, day)])


def _reset(share: Assignment, book: Book) -> TodoItem:
    act = AssignmentAct.SET_DUE
    return of_share(
        share, "满六个月未答复，重新定期限", act_url(share, act), act=act, waiting=str(share.unit),
        since=share.first_assigned_at, due_on=share.due_on, book=book,
    )  # fmt: skip
