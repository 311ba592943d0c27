"""What waits for 提案委 and the dispatch office: queues by stage."""

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q
from django.urls import reverse

from deadlines.book import Book
from members.models import Post
from members.periods import today
from members.posts import posts_of
from proposals.acts import AssignmentAct, ChangeRequestAct, ProposalAct
from proposals.lead_states import LeadState
from proposals.models import Assignment, ChangeRequest, Lead, Proposal, Reply
from proposals.roles import Role
from proposals.states import AssignmentState, ProposalState
from workflow.querysets import NEVER
from workflow.todo import TodoItem

from . import extensions, publishing
from .items import act_url, item, of_proposal, of_share

# state: (what, act) for those who review, those who decide, those who run the office.
REVIEW = {ProposalState.SUBMITTED: ("初审", ProposalAct.PRE_REVIEW)}
DECIDE = {ProposalState.REVIEWED: ("审定", ProposalAct.FILE)}
OFFICE = {ProposalState.TRIPARTITE: ("登记三方会商", ProposalAct.RECORD_MEETING)}


def queue(user, book: Book) -> list[TodoItem]:
    """By post: reviewers review, staff also number, assign and record meetings, the head decides."""
    stages = _stages(user)
    if not stages:
        return []
    rows = (
        Proposal.objects.visible_to(user).for_acting().filter(Q(state__in=list(stages)) | publishing.after_reply(user))
    )
    rows = list(publishing.marked(rows, user).order_by("submitted_at", "pk"))
    found = [_stage(row, *stages[row.state](row)) for row in rows if row.state in stages]
    return found + publishing.items(rows, book)


def second_thoughts(user, book: Book) -> list[TodoItem]:
    """Returns whose time is over, for staff and head; merges that their proposer does not want, for the head."""
    posts = posts_of(user)
    if not posts.in_proposal_committee(Post.STAFF, Post.HEAD):
        return []
    rows = Proposal.objects.for_acting()
    found = [_overdue(row, book) for row in rows.overdue_changes(today()).order_by("change_due_on", "pk")]
    if posts.in_proposal_committee(Post.HEAD):
        found += [_objected(row) for row in rows.objected().order_by("pk")]
    return found


def _overdue(row: Proposal, book: Book) -> TodoItem:
    act = ProposalAct.TAKE_BACK
    return of_proposal(
        row, "退回修改逾期，收回审定", act_url(row, act), act=act,
        waiting=f"{row.proposer_title}{row.proposer_name}", since=row.submitted_at, due_on=row.change_due_on, book=book,
    )  # fmt: skip


def _objected(row: Proposal) -> TodoItem:
    who = f"{row.proposer_title}{row.proposer_name}"
    return of_proposal(row, "研究并案异议", row.get_absolute_url(), act=ProposalAct.UNDO_DECISION, waiting=who)


def _stages(user) -> dict:
    """state → function of the row giving (what, act, url or None)."""
    posts, stages = posts_of(user), {}
    if posts.in_proposal_committee(Post.REVIEWER, Post.STAFF):
        stages |= {state: _fixed(words) for state, words in REVIEW.items()}
    if posts.in_proposal_committee(Post.HEAD):
        stages |= {state: _decision(words) for state, words in DECIDE.items()}
    if posts.in_proposal_committee(Post.STAFF):
        stages |= {state: _fixed(words) for state, words in OFFICE.items()}
        stages[ProposalState.FILED] = _after_filing
    return stages


def _fixed(words):
    return lambda row: (*words, act_url(row, words[1]))


def _decision(words):
    """Four ways out: the case page, where they stand side by side."""
    return lambda row: (*words, row.get_absolute_url())


def _after_filing(row: Proposal):
    what, act = ("交办", ProposalAct.ASSIGN) if row.is_numbered else ("编号", ProposalAct.NUMBER)
    return what, act, act_url(row, act)


def _stage(row: Proposal, what: str, act: str, url: str) -> TodoItem:
    waiting = f"{row.proposer_title}{row.proposer_name}"
    return of_proposal(row, what, url, act=act, waiting=waiting, since=row.filed_at or row.submitted_at)


def changes(user, book: Book) -> list[TodoItem]:
    """Requests to change or withdraw a case, for the head to decide."""
    if not posts_of(user).in_proposal_committee(Post.HEAD):
        return []
    rows = ChangeRequest.objects.for_acting().open().visible_to(user).order_by("asked_at", "pk")
    return [
        item(
            row, row.proposal, f"决定变更申请（{row.get_kind_display()}）", row.get_absolute_url(), ChangeRequestAct.GRANT,
            waiting=f"{row.proposal.proposer_title}{row.proposal.proposer_name}", since=row.asked_at,
        )
        for row in rows
    ]  # fmt: skip


def leads(user, book: Book) -> list[TodoItem]:
    """One row for all leads that wait to be screened: there may be hundreds."""
    if not posts_of(user).in_proposal_committee(Post.STAFF):
        return []
    waiting = Lead.objects.filter(state=LeadState.WAITING).aggregate(count=Count("pk"), since=Min("received_at"))
    if not waiting["count"]:
        return []
    url = f"{reverse('admin:proposals_lead_changelist')}?state={LeadState.WAITING}"
    return [
        TodoItem(
            process="lead", object_id=0, number=f"{waiting['count']} 条", title="提案线索", what="筛选提案线索", url=url,
            case_url=url, since=waiting["since"],
        )
    ]  # fmt: skip


def handing_out(user, book: Book) -> list[TodoItem]:
    """What a dispatch office may hand out: filed, numbered, and not with any unit yet."""
    mine = Proposal.role_clauses(user)[Role.DISPATCH]
    if mine == NEVER or posts_of(user).in_proposal_committee(Post.STAFF):
        return []
    rows = Proposal.objects.for_acting().filter(mine, state=ProposalState.FILED).order_by("submitted_at", "pk")
    return [_stage(row, *_after_filing(row)) for row in rows if row.is_numbered]


def dispatch(user, book: Book) -> list[TodoItem]:
    """Returns and extensions to decide and replies to check, of the units this dispatch office answers for."""
    mine = Assignment.role_clauses(user)[Role.DISPATCH]
    if mine == NEVER:
        return []
    checked = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"), checked_at__isnull=False)
    to_check = Q(state=AssignmentState.AWAITING_CHECK) & ~Exists(checked)
    rows = Assignment.objects.for_list().filter(mine)
    waiting = Q(state=AssignmentState.RETURN_REQUESTED) | to_check
    rows = rows.annotate(waits=ExpressionWrapper(waiting, output_field=BooleanField()))
    rows = list(rows.filter(Q(waits=True) | Q(open_extension__isnull=False)).order_by("due_on", "pk"))
    asking = [extensions.to_decide(row, book) for row in rows if row.open_extension]
    return asking + [_dispatched(row, book) for row in rows if row.waits]


def _dispatched(share: Assignment, book: Book) -> TodoItem:
    is_return = share.state == AssignmentState.RETURN_REQUESTED
    what, act = ("决定退办申请", AssignmentAct.APPROVE_RETURN) if is_return else ("复核答复", AssignmentAct.CHECK)
    url = share.get_absolute_url() if is_return else act_url(share, act)
    return of_share(
        share, what, url, act=act, waiting=str(share.unit), since=share.assigned_at,
        due_on=share.due_on, step="reply", start=share.round_started_at or share.assigned_at, book=book,
    )  # fmt: skip
