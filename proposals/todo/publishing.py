"""What waits for 提案委 after the reply: ratings to enter again, and cases to publish within 20 working days."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from deadlines.book import Book, NoRule
from deadlines.rules import due
from members.models import Post
from members.posts import posts_of
from proposals.acts import AssignmentAct, ProposalAct
from proposals.due_signs import due_sign
from proposals.models import Assignment, Rating, Reply
from proposals.publishing.waiting import waiting_for_publication
from proposals.states import AssignmentState
from workflow.todo import TodoItem

from .items import act_url, of_proposal, of_share

FEW = 20


def voided(user, book: Book) -> list[TodoItem]:
    """Shares whose deciding rating was voided and has not been entered again."""
    if not posts_of(user).in_proposal_committee(Post.STAFF, Post.HEAD):
        return []
    rating = Rating.every.filter(reply=OuterRef("pk"), deciding=True)
    replies = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"))
    gone = replies.filter(Exists(rating.filter(voided_at__isnull=False)), ~Exists(rating.filter(voided_at=None)))
    rows = Assignment.objects.for_list().filter(Exists(gone), state=AssignmentState.REPLIED)
    act = AssignmentAct.RATE_BY_PROXY
    return [
        of_share(
            row, "评价作废，按纸质表代录", act_url(row, act), act=act,
            waiting=f"{row.proposal.proposer_title}{row.proposal.proposer_name}", since=row.replied_at,
            due_on=row.rating_due_on, book=book,
        )
        for row in rows.order_by("pk")
    ]  # fmt: skip


def to_publish(user, book: Book) -> list[TodoItem]:
    """Each case by itself while they are few; of many the earliest date and their number."""
    if not posts_of(user).in_proposal_committee(Post.STAFF):
        return []
    rows = list(waiting_for_publication().for_acting().order_by("replied_at", "pk")[: FEW + 1])
    if len(rows) > FEW:
        return [_many(rows[0], book)]
    return [_one(row, book) for row in rows]


def _one(row, book: Book) -> TodoItem:
    act = ProposalAct.PUBLISH
    return of_proposal(
        row, "预览并公开", act_url(row, act), act=act, waiting="公众", since=row.replied_at, due_on=_due(row, book),
        step="publish", start=row.replied_at, book=book,
    )  # fmt: skip


def _many(first, book: Book) -> TodoItem:
    url, day = f"{reverse('admin:proposals_proposal_changelist')}?publication=waiting", _due(first, book)
    sign = due_sign(day, "publish", first.replied_at, first.timing, book=book)
    return TodoItem(
        process="proposal", object_id=0, number=f"{FEW} 件以上", title="待公开的提案和答复", what="预览并公开", url=url,
        case_url=url, since=first.replied_at, due_on=day, colour=sign.colour if sign else "",
        word=sign.word if sign else "",
    )  # fmt: skip


def _due(row, book: Book):
    try:
        return due("publish", row.replied_at, row.timing, book=book).on
    except NoRule:
        return None
