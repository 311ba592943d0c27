"""What waits for a handling unit: its operators' desk and its leader's."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from deadlines.book import Book
from members.periods import today
from proposals.acts import AssignmentAct, ProposalAct
from proposals.clocks import step_of
from proposals.kinds import SupervisionForm, SupplementStage
from proposals.models import Assignment, Demand, Proposal
from proposals.replies import current_reply
from proposals.roles import Role
from proposals.states import AssignmentState as A
from proposals.urging import urged_words, with_urges
from proposals.waiting import with_waiting
from workflow.asking import Asked
from workflow.querysets import NEVER, roles_on
from workflow.todo import TodoItem

from .items import act_url, of_proposal, of_share

TO_SIGN = Q(state=A.REPLIED, supplement_stage=SupplementStage.TO_SIGN)
RETURNED = Q(state=A.REPLIED, supplement_stage=SupplementStage.RETURNED)
AT_OPERATORS = (A.AWAITING_SIGN, A.HANDLING, A.AWAITING_CHECK)


def desk(user, book: Book) -> Iterator[Asked]:
    """One row for each share: the next thing this unit has to do with it."""
    clauses = Assignment.role_clauses(user)
    operator, leader = clauses[Role.OPERATOR], clauses[Role.UNIT_LEADER]
    if operator == NEVER and leader == NEVER:
        return
    at_operators = Q(state__in=AT_OPERATORS) | RETURNED | Q(may_rate_proposal=True) | Q(is_asked_to_report=True)
    theirs = (operator & at_operators) | (leader & (Q(state=A.AWAITING_SIGN_OFF) | TO_SIGN))
    rows = with_waiting(Assignment.objects.for_list().with_roles_of(user)).filter(theirs)
    rows = with_urges(rows).annotate(**_asked_first()).prefetch_related("replies")
    yield Asked(rows.order_by("due_on", "pk"), lambda rows: _on_desk(list(rows), book))


def _on_desk(rows: list[Assignment], book: Book) -> list[TodoItem]:
    found = (next_item(row, roles_on(row), book) for row in rows)
    asked = (_report(row, book) for row in rows if row.is_asked_to_report and Role.OPERATOR in roles_on(row))
    return [todo for todo in (*found, *asked) if todo]


def _asked_first() -> dict[str, Subquery]:
    """Of the demand of a supervision or 批示 that comes first: by when the unit reports, and of what form it is."""
    first = Demand.objects.open().filter(assignment=OuterRef("pk")).order_by("due_on", "pk")
    return {
        "report_due_on": Subquery(first.values("due_on")[:1]),
        "report_form": Subquery(first.values("record__form")[:1]),
    }


def _report(share: Assignment, book: Book) -> TodoItem:
    """One row for all demands of a share; its page lists them."""
    act = AssignmentAct.ANSWER_DEMAND
    what = "反馈批示落实情况" if share.report_form == SupervisionForm.INSTRUCTION else "反馈督办要求落实情况"
    return of_share(
        share, what, act_url(share, act), act=act, waiting="督办领导和提案委", due_on=share.report_due_on, book=book
    )


def next_item(share: Assignment, roles: frozenset[str], book: Book) -> TodoItem | None:
    """The next thing that somebody of these roles does with a share read through `with_waiting`; None: nothing now."""
    if share.state == A.REPLIED:
        return _supplement(share, roles, book) if share.supplement_stage else _rating_proposal(share, roles, book)
    if share.state == A.AWAITING_SIGN_OFF:
        return _dated(share, book, "审签", AssignmentAct.SIGN_OFF) if Role.UNIT_LEADER in roles else None
    if Role.OPERATOR not in roles or share.state not in AT_OPERATORS:
        return None
    if share.state == A.AWAITING_SIGN:
        return _dated(share, book, "签收", AssignmentAct.SIGN_FOR, share.sign_due_on, "sign")
    if share.state == A.AWAITING_CHECK:
        reply = current_reply(share)
        checked = reply is not None and reply.checked_at
        return _dated(share, book, "发出答复", AssignmentAct.SEND) if checked else None
    if share.is_assist:
        return _dated(share, book, "报会办意见", AssignmentAct.GIVE_OPINION)
    return _handling(share, book)


def _supplement(share: Assignment, roles: frozenset[str], book: Book) -> TodoItem | None:
    """补充答复 has no due date of its own."""
    stages = {
        SupplementStage.TO_SIGN: (Role.UNIT_LEADER, "审签补充答复", AssignmentAct.SIGN_SUPPLEMENT),
        SupplementStage.RETURNED: (Role.OPERATOR, "修改补充答复", AssignmentAct.WRITE_SUPPLEMENT),
    }
    role, what, act = stages.get(share.supplement_stage, ("", "", ""))
    if role not in roles:
        return None
    waiting = f"{share.proposal.proposer_title}{share.proposal.proposer_name}"
    return of_share(share, what, act_url(share, act), act=act, waiting=waiting, since=share.replied_at, book=book)


def _handling(share: Assignment, book: Book) -> TodoItem:
    """联系 → 撰写 → 征求意见 → 报审签, by what is there already."""
    if not share.is_contacted:
        first = share.round == 1 and share.contact_due_on
        due_on, step = (share.contact_due_on, "first_contact") if first else (None, "")
        return _dated(share, book, "联系提案人", AssignmentAct.LOG_CONTACT, due_on, step)
    if share.awaits_opinions:
        return _dated(share, book, "等会办意见", "", url=share.get_absolute_url())
    reply = current_reply(share)
    if not settings.REPLY_DRAFT_FOR_COMMENT:
        return _dated(share, book, "撰写答复", "")
    if reply is None or not reply.draft_sent_at:
        return _dated(share, book, "撰写答复", "")
    if share.has_other_draft:
        return _dated(share, book, "再送提案人征求意见", AssignmentAct.SEND_DRAFT)
    if reply.commented_at or not reply.comment_due_on or reply.comment_due_on < today():
        return _dated(share, book, "报领导审签", AssignmentAct.SUBMIT_REPLY)
    return _dated(share, book, "等提案人意见", "", url=share.get_absolute_url())


def _dated(share: Assignment, book: Book, what: str, act: str, due_on=None, step: str = "", url: str = "") -> TodoItem:
    """The date is the step's own where it has one, else the share's."""
    starts = {"sign": share.sign_from, "first_contact": share.assigned_at}
    start = starts.get(step) or share.round_started_at or share.assigned_at
    writing = reverse("proposals:reply", args=[share.pk])
    urged = f"（{words}）" if (words := urged_words(share)) else ""
    return of_share(
        share, what + urged, url or (act_url(share, act) if act else writing), act=act,
        waiting=f"{share.proposal.proposer_title}{share.proposal.proposer_name}", since=start,
        due_on=due_on or share.due_on, step=step or step_of(share), start=start, book=book,
    )  # fmt: skip


def _rating_proposal(share: Assignment, roles: frozenset[str], book: Book) -> TodoItem | None:
    if Role.OPERATOR not in roles or not share.may_rate_proposal:
        return None
    act = AssignmentAct.RATE_PROPOSAL
    return of_share(
        share, "评价提案质量", act_url(share, act), act=act, waiting="提案委", since=share.replied_at,
        due_on=share.rating_due_on, step="rating", start=share.replied_at, book=book,
    )  # fmt: skip


def suggestions(user, book: Book) -> Iterator[Asked]:
    """意见建议 that went to this unit and that it has not signed for."""
    mine = Proposal.role_clauses(user)[Role.SUGGESTION_UNIT]
    if mine == NEVER:
        return
    rows = Proposal.objects.for_acting().filter(mine, converted_at__isnull=True).order_by("pk")
    yield Asked(rows, lambda rows: map(_suggestion, rows))


def _suggestion(row: Proposal) -> TodoItem:
    act, waiting = ProposalAct.ACKNOWLEDGE_SUGGESTION, f"{row.proposer_title}{row.proposer_name}"
    return of_proposal(row, "签收意见建议", act_url(row, act), act=act, waiting=waiting, since=row.submitted_at)
