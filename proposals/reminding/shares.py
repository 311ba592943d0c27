"""Of a unit's share: 签收, 首次联系, 会办意见, 答复; the proposer's comment and rating; a request for more time."""

from collections.abc import Iterator

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, FilteredRelation, OuterRef, Q, Subquery

from members.everybody import Everybody
from members.models import Post
from members.posts import Posts
from notices.reminders.sources import Audience, DueRow, Window
from proposals.clocks import decide_return_by, step_of
from proposals.kinds import AssignmentKind
from proposals.models import Assignment, ExtensionRequest, Rating
from proposals.returns import goes_elsewhere
from proposals.states import AssignmentState as A
from proposals.states import ExtensionState, ProposalState
from proposals.waiting import with_waiting
from workflow.asking import Asked

from .rows import number_fields, proposing, row_of, superiors, with_key

FIELDS = (
    "state", "kind", "round", "unit__system", "assigned_at", "round_started_at", "sign_due_on", "contact_due_on", "due_on", "sign_restarted_at",
    "return_asked_at", "rating_due_on", "replied_at", "proposal__first_proposer", "proposal__organization",
)  # fmt: skip


def asked(window: Window) -> Asked:
    return Asked(_shares(), lambda rows: _due(rows, window.people, window))


def _due(rows, people: Everybody, window: Window) -> Iterator[DueRow]:
    for share in rows:
        told = superiors(share, people, {share.unit_id}, share.unit.system)
        if share.state == A.REPLIED:
            yield from _rating(share, people, window)
        else:
            yield from _unit(share, people, told, window)
            yield from _extension(share, told, window)
            yield from _comment(share, people, window)


def _shares():
    """Open ones, and answered ones that wait for the deciding rating; each with its present reply."""
    present = FilteredRelation("replies", condition=Q(replies__round=F("round")))
    rated = Rating.every.filter(reply=OuterRef("reply_pk"), deciding=True)
    asked = ExtensionRequest.objects.filter(assignment=OuterRef("pk"), state=ExtensionState.PENDING)
    rows = Assignment.objects.filter(proposal__state__in=ProposalState.WITH_UNIT, proposal__moved_offline_at=None)
    rows = with_key(with_waiting(rows)).annotate(
        present=present, reply_pk=F("present__pk"), draft_sent_at=F("present__draft_sent_at"),
        commented_at=F("present__commented_at"), comment_due_on=F("present__comment_due_on"),
        checked_at=F("present__checked_at"), goes_elsewhere=ExpressionWrapper(goes_elsewhere(), BooleanField()), extension_pk=Subquery(asked.values("pk")[:1]),
        extension_at=Subquery(asked.values("asked_at")[:1]),
    )  # fmt: skip
    to_rate = Q(state=A.REPLIED, kind__in=AssignmentKind.ANSWERING, rating_due_on__isnull=False) & ~Exists(rated)
    rows = rows.filter(Q(state__in=A.OPEN) | to_rate)
    return rows.select_related("unit", "proposal__session__term").order_by().only(*FIELDS, *number_fields("proposal__"))


def _unit(share: Assignment, people: Everybody, told: dict, window: Window) -> Iterator[DueRow]:
    url, operators = share.get_absolute_url(), people.at(share.unit_id, Post.OPERATOR)
    theirs = {**told, Audience.HOLDER: operators}
    if share.state == A.AWAITING_SIGN:
        yield from row_of(share, "sign", share.sign_due_on, share.sign_from, share.proposal, url, theirs, window)
    yield from _return(share, people, told, window)
    if share.round == 1 and not share.is_contacted and share.state in A.BEFORE_REPLY:
        due_on = share.contact_due_on
        yield from row_of(share, "first_contact", due_on, share.assigned_at, share.proposal, url, theirs, window)
    start = share.round_started_at or share.assigned_at
    yield from row_of(
        share, step_of(share), share.due_on, start, share.proposal, url, _acting(share, people, theirs), window,
        waiting=share.state == A.HANDLING and share.is_waiting,
    )  # fmt: skip


def _return(share: Assignment, people: Everybody, told: dict, window: Window) -> list[DueRow]:
    """The dispatch office decides, for a unit of another office the head of 提案委."""
    if share.state != A.RETURN_REQUESTED:
        return []
    deciding = told[Audience.DISPATCH] | (people.who(_is_head) if share.goes_elsewhere else set())
    due_on = decide_return_by(share, share.proposal.timing, window.book)
    return row_of(
        share, "decide_return", due_on, share.return_asked_at, share.proposal, share.get_absolute_url(),
        {Audience.HOLDER: deciding}, window,
    )  # fmt: skip


def _is_head(posts: Posts) -> bool:
    return posts.in_proposal_committee(Post.HEAD)


def _acting(share: Assignment, people: Everybody, told: dict) -> dict:
    """Who has to act for the share to move on; nobody is told both as that and as a superior."""
    if share.state == A.AWAITING_SIGN_OFF:
        return {**told, Audience.HOLDER: told[Audience.UNIT_LEADER], Audience.UNIT_LEADER: set()}
    if share.state == A.RETURN_REQUESTED or (share.state == A.AWAITING_CHECK and share.checked_at is None):
        leading = told[Audience.LEADING]
        return {Audience.HOLDER: told[Audience.DISPATCH], Audience.LEADING: leading}
    return told


def _extension(share: Assignment, told: dict, window: Window) -> list[DueRow]:
    """The request is to be decided before the date about which it was asked."""
    if share.extension_pk is None:
        return []
    request = ExtensionRequest(pk=share.extension_pk)
    return row_of(
        request, "decide_extension", share.due_on, share.extension_at, share.proposal, share.get_absolute_url(),
        {Audience.HOLDER: told[Audience.DISPATCH]}, window,
    )  # fmt: skip


def _comment(share: Assignment, people: Everybody, window: Window) -> list[DueRow]:
    if share.state != A.HANDLING or share.draft_sent_at is None or share.commented_at is not None:
        return []
    theirs = {Audience.HOLDER: proposing(share.proposal, people)}
    url = share.get_absolute_url()
    return row_of(
        share, "draft_comment", share.comment_due_on, share.draft_sent_at, share.proposal, url, theirs, window
    )


def _rating(share: Assignment, people: Everybody, window: Window) -> list[DueRow]:
    theirs = {Audience.HOLDER: proposing(share.proposal, people)}
    url = share.get_absolute_url()
    return row_of(share, "rating", share.rating_due_on, share.replied_at, share.proposal, url, theirs, window)
