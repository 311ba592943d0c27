"""What waits for 提案委 and the dispatch office: queues by stage."""

from collections.abc import Iterator

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, Min, OuterRef, Q
from django.urls import reverse

from deadlines.book import Book
from members.models import Post
from members.periods import today
from members.posts import posts_of
from proposals.acts import AssignmentAct, ChangeRequestAct, ProposalAct
from proposals.clocks import decide_return_by
from proposals.lead_states import LeadState
from proposals.models import Assignment, ChangeRequest, Lead, Proposal, Reply
from proposals.returns import goes_elsewhere
from proposals.roles import Role
from proposals.states import AssignmentState, ProposalState
from workflow.asking import Asked
from workflow.querysets import NEVER
from workflow.todo import TodoItem

from . import extensions, publishing
from .items import act_url, item, of_proposal, of_share

# state: (what, act) for those who review, those who decide, those who run the office.
REVIEW = {ProposalState.SUBMITTED: ("初审", ProposalAct.PRE_REVIEW)}
DECIDE = {ProposalState.REVIEWED: ("审定", ProposalAct.FILE)}
OFFICE = {ProposalState.TRIPARTITE: ("登记三方会商", ProposalAct.RECORD_MEETING)}


def queue(user, book: Book) -> Iterator[Asked]:
    """By post: reviewers review, staff also number, assign and record meetings, the head decides."""
    stages = _stages(user)
    if not stages:
        return
    rows = (
        Proposal.objects.visible_to(user).for_acting().filter(Q(state__in=list(stages)) | publishing.after_reply(user))
    )
    rows = publishing.marked(rows, user).order_by("submitted_at", "pk")
    yield Asked(rows, lambda rows: _in_queue(list(rows), stages, book))


def _in_queue(rows: list[Proposal], stages: dict, book: Book) -> list[TodoItem]:
    found = [_stage(row, *stages[row.state](row)) for row in rows if row.state in stages]
    return found + publishing.items(rows, book)


def second_thoughts(user, book: Book) -> Iterator[Asked]:
    """Returns whose time is over, for staff and head; merges that their proposer does not want, for the head."""
    posts = posts_of(user)
    if not posts.in_proposal_committee(Post.STAFF, Post.HEAD):
        return
    rows = Proposal.objects.for_acting()
    late = rows.overdue_changes(today()).order_by("change_due_on", "pk")
    yield Asked(late, lambda rows: [_overdue(row, book) for row in rows])
    if posts.in_proposal_committee(Post.HEAD):
        yield Asked(rows.objected().order_by("pk"), lambda rows: map(_objected, rows))


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


def changes(user, book: Book) -> Iterator[Asked]:
    """Requests to change or withdraw a case, for the head to decide."""
    if not posts_of(user).in_proposal_committee(Post.HEAD):
        return
    rows = ChangeRequest.objects.for_acting().open().visible_to(user).order_by("asked_at", "pk")
    yield Asked(rows, lambda rows: map(_change, rows))


def _change(row: ChangeRequest) -> TodoItem:
    what, waiting = (
        f"决定变更申请（{row.get_kind_display()}）",
        f"{row.proposal.proposer_title}{row.proposal.proposer_name}",
    )
    url, act = row.get_absolute_url(), ChangeRequestAct.GRANT
    return item(row, row.proposal, what, url, act, waiting=waiting, since=row.asked_at)


def leads(user, book: Book) -> Iterator[Asked]:
    """One row for all leads that wait to be screened: there may be hundreds."""
    if not posts_of(user).in_proposal_committee(Post.STAFF):
        return
    yield Asked(Lead.objects.filter(state=LeadState.WAITING), _leads)


def _leads(rows) -> list[TodoItem]:
    waiting = rows.aggregate(count=Count("pk"), since=Min("received_at"))
    url = f"{reverse('admin:proposals_lead_changelist')}?state={LeadState.WAITING}"
    return [
        TodoItem(
            process="lead", object_id=0, number=f"{waiting['count']} 条", title="提案线索", what="筛选提案线索", url=url,
            case_url=url, since=waiting["since"],
        )
    ]  # fmt: skip


def handing_out(user, book: Book) -> Iterator[Asked]:
    """What a dispatch office may hand out: filed, numbered, and not with any unit yet."""
    mine = Proposal.role_clauses(user)[Role.DISPATCH]
    if mine == NEVER or posts_of(user).in_proposal_committee(Post.STAFF):
        return
    rows = Proposal.objects.for_acting().filter(mine, state=ProposalState.FILED).order_by("submitted_at", "pk")
    yield Asked(rows, lambda rows: [_stage(row, *_after_filing(row)) for row in rows if row.is_numbered])


def dispatch(user, book: Book) -> Iterator[Asked]:
    """Returns and extensions to decide and replies to check, of the units this dispatch office answers for."""
    mine = Assignment.role_clauses(user)[Role.DISPATCH]
    if mine == NEVER:
        return
    checked = Reply.objects.filter(assignment=OuterRef("pk"), round=OuterRef("round"), checked_at__isnull=False)
    to_check = Q(state=AssignmentState.AWAITING_CHECK) & ~Exists(checked)
    rows = Assignment.objects.for_list().filter(mine)
    waiting = Q(state=AssignmentState.RETURN_REQUESTED) | to_check
    rows = rows.annotate(waits=ExpressionWrapper(waiting, output_field=BooleanField()))
    rows = rows.filter(Q(waits=True) | Q(open_extension__isnull=False)).order_by("due_on", "pk")
    yield Asked(rows, lambda rows: _at_dispatch(list(rows), book))


def returns_elsewhere(user, book: Book) -> Iterator[Asked]:
    """Returns that the unit's own dispatch office cannot decide as the unit wishes: the head's."""
    if not posts_of(user).in_proposal_committee(Post.HEAD):
        return
    rows = Assignment.objects.for_list().filter(goes_elsewhere(), state=AssignmentState.RETURN_REQUESTED)
    if (mine := Assignment.role_clauses(user)[Role.DISPATCH]) != NEVER:
        rows = rows.exclude(mine)
    yield Asked(rows.order_by("return_asked_at", "pk"), lambda rows: [_returned(row, book) for row in rows])


def _at_dispatch(rows: list[Assignment], book: Book) -> list[TodoItem]:
    asking = [extensions.to_decide(row, book) for row in rows if row.open_extension]
    return asking + [_dispatched(row, book) for row in rows if row.waits]


def _dispatched(share: Assignment, book: Book) -> TodoItem:
    if share.state == AssignmentState.RETURN_REQUESTED:
        return _returned(share, book)
    act = AssignmentAct.CHECK
    return of_share(
        share, "复核答复", act_url(share, act), act=act, waiting=str(share.unit), since=share.assigned_at,
        due_on=share.due_on, step="reply", start=share.round_started_at or share.assigned_at, book=book,
    )  # fmt: skip


def _returned(share: Assignment, book: Book) -> TodoItem:
    """Two ways out: the share's page, where they stand side by side."""
    act, url, asked = AssignmentAct.APPROVE_RETURN, share.get_absolute_url(), share.return_asked_at
    return of_share(
        share, "决定退办申请", url, act=act, waiting=str(share.unit), since=asked or share.assigned_at,
        due_on=decide_return_by(share, share.proposal.timing, book), step="decide_return", start=asked, book=book,
    )  # fmt: skip
