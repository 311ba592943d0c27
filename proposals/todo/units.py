"""What waits for a handling unit: its operators' desk and its leader's."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from deadlines.book import Book
from members.periods import today
from proposals.acts import AssignmentAct, ProposalAct
from proposals.clocks import step_of
from proposals.models import Assignment, Contact, Proposal, Rating, Reply
from proposals.replies import DISSATISFIED, current_reply
from proposals.roles import Role
from proposals.states import AssignmentState as A
from workflow.querysets import NEVER, roles_on
from workflow.todo import TodoItem

from .items import act_url, of_proposal, of_share

AT_OPERATORS = (A.AWAITING_SIGN, A.HANDLING, A.AWAITING_CHECK)


def desk(user, book: Book) -> list[TodoItem]:
    """One row for each share: the next thing this unit has to do with it."""
    clauses = Assignment.role_clauses(user)
    operator, leader = clauses[Role.OPERATOR], clauses[Role.UNIT_LEADER]
    if operator == NEVER and leader == NEVER:
        return []
    theirs = (operator & (Q(state__in=AT_OPERATORS) | to_rate_proposal())) | (leader & Q(state=A.AWAITING_SIGN_OFF))
    contacted = Contact.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"))
    rows = Assignment.objects.for_list().with_roles_of(user).filter(theirs)
    rows = rows.annotate(is_contacted=Exists(contacted)).prefetch_related("replies")
    found = (_next(row, roles_on(row), book) for row in rows.order_by("due_on", "pk"))
    return [todo for todo in found if todo]


def _next(share: Assignment, roles: frozenset[str], book: Book) -> TodoItem | None:
    if share.state == A.AWAITING_SIGN_OFF:
        return _dated(share, book, "审签", AssignmentAct.SIGN_OFF)
    if Role.OPERATOR not in roles:
        return None
    if share.state == A.REPLIED:
        return _rating_proposal(share, book)
    if share.state == A.AWAITING_SIGN:
        return _dated(share, book, "签收", AssignmentAct.SIGN_FOR, share.sign_due_on, "sign")
    if share.state == A.AWAITING_CHECK:
        reply = current_reply(share)
        checked = reply is not None and reply.checked_at
        return _dated(share, book, "发出答复", AssignmentAct.SEND) if checked else None
    if share.is_assist:
        return _dated(share, book, "报会办意见", AssignmentAct.GIVE_OPINION)
    return _handling(share, book)


def _handling(share: Assignment, book: Book) -> TodoItem:
    """联系 → 撰写 → 征求意见 → 报审签, by what is there already."""
    if not share.is_contacted:
        first = share.round == 1 and share.contact_due_on
        due_on, step = (share.contact_due_on, "first_contact") if first else (None, "")
        return _dated(share, book, "联系提案人", AssignmentAct.LOG_CONTACT, due_on, step)
    reply = current_reply(share)
    if not settings.REPLY_DRAFT_FOR_COMMENT:
        return _dated(share, book, "撰写答复", "")
    if reply is None or not reply.draft_sent_at:
        return _dated(share, book, "撰写答复", "")
    if reply.commented_at or not reply.comment_due_on or reply.comment_due_on < today():
        return _dated(share, book, "报领导审签", AssignmentAct.SUBMIT_REPLY)
    return _dated(share, book, "等提案人意见", "", url=share.get_absolute_url())


def _dated(share: Assignment, book: Book, what: str, act: str, due_on=None, step: str = "", url: str = "") -> TodoItem:
    """The date is the step's own where it has one, else the share's."""
    start = share.assigned_at if step else share.round_started_at or share.assigned_at
    writing = reverse("proposals:reply", args=[share.pk])
    return of_share(
        share, what, url or (act_url(share, act) if act else writing), act=act,
        waiting=f"{share.proposal.proposer_title}{share.proposal.proposer_name}", since=start,
        due_on=due_on or share.due_on, step=step or step_of(share), start=start, book=book,
    )  # fmt: skip


def to_rate_proposal() -> Q:
    """Replies sent, whose proposals the unit may still rate: within the time, and not in a round that 不满意 ended."""
    replies = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"), sent_at__isnull=False)
    refused = Rating.objects.filter(DISSATISFIED, reply=OuterRef("pk"), deciding=True)
    waiting = replies.filter(~Exists(refused), quality__isnull=True)
    return Q(Exists(waiting), state=A.REPLIED, rating_due_on__gte=today())


def _rating_proposal(share: Assignment, book: Book) -> TodoItem:
    act = AssignmentAct.RATE_PROPOSAL
    return of_share(
        share, "评价提案质量", act_url(share, act), act=act, waiting="提案委", since=share.replied_at,
        due_on=share.rating_due_on, step="rating", start=share.replied_at, book=book,
    )  # fmt: skip


def suggestions(user, book: Book) -> list[TodoItem]:
    """意见建议 that went to this unit and that it has not signed for."""
    mine = Proposal.role_clauses(user)[Role.SUGGESTION_UNIT]
    if mine == NEVER:
        return []
    rows = Proposal.objects.for_acting().filter(mine, converted_at__isnull=True).order_by("pk")
    act = ProposalAct.ACKNOWLEDGE_SUGGESTION
    return [
        of_proposal(
            row, "签收意见建议", act_url(row, act), act=act, waiting=f"{row.proposer_title}{row.proposer_name}",
            since=row.submitted_at,
        )
        for row in rows
    ]  # fmt: skip
