"""What waits for 提案委 after the reply: ratings to enter again, and cases to publish within 20 working days.

Asked together with the queues of the committee, in their one query.
"""

from datetime import timedelta

from django.db.models import BooleanField, Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone

from deadlines.book import Book, NoRule
from deadlines.rules import due
from members.models import Post
from members.posts import posts_of
from proposals.acts import ProposalAct
from proposals.due_signs import due_sign
from proposals.models import Assignment, Proposal, Rating, Reply
from proposals.publishing.waiting import waiting_for_publication
from proposals.states import AssignmentState
from workflow.querysets import NEVER
from workflow.todo import TodoItem

from .items import act_url, of_proposal

FEW = 20
# Who was not reminded for two years is not reminded any more; the list in the admin still finds the case.
REMINDED = timedelta(days=730)
NO = Value(False, output_field=BooleanField())


def after_reply(user) -> Q:
    """The cases that wait for the office after the reply; of those to be published one more than are shown singly."""
    posts = posts_of(user)
    if not posts.in_proposal_committee(Post.STAFF, Post.HEAD):
        return NEVER
    voided = Q(pk__in=_voided().values("proposal_id"))
    if not posts.in_proposal_committee(Post.STAFF):
        return voided
    return voided | Q(pk__in=_waiting().order_by("replied_at", "pk").values("pk")[: FEW + 1])


def marked(rows, user):
    """`comes_back`: a voided rating waits for its paper; `to_publish`: agreed by proposer and units."""
    posts = posts_of(user)
    if not posts.in_proposal_committee(Post.STAFF, Post.HEAD):
        return rows.annotate(comes_back=NO, to_publish=NO)
    publishes = posts.in_proposal_committee(Post.STAFF)
    waiting = Exists(_waiting().filter(pk=OuterRef("pk"))) if publishes else NO
    return rows.annotate(comes_back=Exists(_voided().filter(proposal=OuterRef("pk"))), to_publish=waiting)


def _waiting():
    return waiting_for_publication().filter(replied_at__gte=timezone.now() - REMINDED)


def _voided():
    """The shares whose deciding rating was voided and has not been entered again."""
    rating = Rating.every.filter(reply=OuterRef("pk"), deciding=True)
    replies = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"))
    gone = replies.filter(Exists(rating.filter(voided_at__isnull=False)), ~Exists(rating.filter(voided_at=None)))
    return Assignment.objects.filter(Exists(gone), state=AssignmentState.REPLIED)


def items(rows: list[Proposal], book: Book) -> list[TodoItem]:
    """Cases to publish each by itself while they are few; of many the earliest date and that there are many."""
    waiting = sorted((row for row in rows if row.to_publish), key=lambda row: (row.replied_at, row.pk))
    to_publish = [_many(waiting[0], book)] if len(waiting) > FEW else [_publish(row, book) for row in waiting]
    return [_paper(row) for row in rows if row.comes_back] + to_publish


def _paper(row: Proposal) -> TodoItem:
    who = f"{row.proposer_title}{row.proposer_name}"
    return of_proposal(row, "评价作废，按纸质表代录", row.get_absolute_url(), waiting=who, since=row.replied_at)


def _publish(row: Proposal, book: Book) -> TodoItem:
    act = ProposalAct.PUBLISH
    return of_proposal(
        row, "预览并公开", act_url(row, act), act=act, waiting="公众", since=row.replied_at, due_on=_due(row, book),
        step="publish", start=row.replied_at, book=book,
    )  # fmt: skip


def _many(first: Proposal, book: Book) -> TodoItem:
    url, day = f"{reverse('admin:proposals_proposal_changelist')}?publication=waiting", _due(first, book)
    sign = due_sign(day, "publish", first.replied_at, first.timing, book=book)
    return TodoItem(
        process="proposal", object_id=0, number=f"{FEW} 件以上", title="待公开的提案和答复", what="预览并公开", url=url,
        case_url=url, since=first.replied_at, due_on=day, colour=sign.colour if sign else "",
        word=sign.word if sign else "",
    )  # fmt: skip


def _due(row: Proposal, book: Book):
    try:
        return due("publish", row.replied_at, row.timing, book=book).on
    except NoRule:
        return None
