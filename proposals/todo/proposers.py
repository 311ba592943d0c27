"""What waits for members and contacts: own texts, invitations, replies."""

from collections.abc import Iterator

from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from deadlines.book import Book
from members.periods import today
from proposals import proxies
from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.kinds import AssignmentKind
from proposals.models import Assignment, Cosignature, Proposal, Rating
from proposals.replies import current_reply
from proposals.roles import PROPOSERS, Role
from proposals.states import AssignmentState, ProposalState
from proposals.wording import APART
from workflow.asking import Asked
from workflow.querysets import NEVER, roles_on
from workflow.todo import TodoItem

from .items import act_url, item, of_proposal, of_share

# Who rated once does not rate again, not even when it was voided: that one comes back on paper.
EVERY_RATING = Prefetch("replies__ratings", Rating.every.all())
RATABLE = (ProposalState.HANDLING, ProposalState.REPLIED, ProposalState.TRIPARTITE)


def own_texts(user, book: Book) -> Iterator[Asked]:
    """Drafts, those sent back, those whose co-signers have all answered, those entered by the committee to confirm; and
    what was merged into another on which nobody has said a word, while the merge can still be undone."""
    clauses = Proposal.role_clauses(user)
    mine = clauses[Role.AUTHOR] | clauses[Role.CONTACT]
    if mine == NEVER:
        return
    texts = Q(state__in=ProposalState.UNSUBMITTED)
    asked = Q(pk__in=Proposal.objects.asked_about_merge().filter(merge_answer="").values("pk"))
    waiting = texts | asked | proxies.awaits_answer(user, today())
    rows = Proposal.objects.for_acting().with_awaited().filter(mine).filter(waiting)
    yield Asked(rows, lambda rows: filter(None, (_own_text(row, book) for row in rows)))


def _own_text(row: Proposal, book: Book) -> TodoItem | None:
    edit = reverse("proposals:edit", args=[row.pk])
    if row.state == ProposalState.MERGED:
        act = ProposalAct.ANSWER_MERGE
        return of_proposal(row, "对并案表示意见", act_url(row, act), act=act, waiting="提案委")
    if row.state not in ProposalState.UNSUBMITTED:
        return of_proposal(
            row, "请确认提案委代录的提案", row.get_absolute_url(), act=ProposalAct.CONFIRM_PROXY, waiting="提案委",
            since=row.submitted_at, due_on=row.proxy_due_on, book=book,
        )  # fmt: skip
    if row.state == ProposalState.RETURNED:
        return of_proposal(
            row, "修改后重新提交", edit, waiting="提案委", since=row.submitted_at,
            due_on=row.change_due_on, book=book,
        )  # fmt: skip
    if row.state == ProposalState.DRAFT:
        return of_proposal(row, "继续编写", edit, since=row.saved_at or row.created_at)
    if row.is_awaited:
        return None
    submit = act_url(row, ProposalAct.SUBMIT)
    return of_proposal(
        row, "提交提案", submit, act=ProposalAct.SUBMIT, since=row.saved_at,
        due_on=_day(row.cosigning_closes), book=book,
    )  # fmt: skip


def invitations(user, book: Book) -> Iterator[Asked]:
    """Invitations to co-sign that are still open."""
    if user.person_id is None:
        return
    rows = Cosignature.objects.for_acting().open()
    rows = rows.filter(person_id=user.person_id, proposal__state=ProposalState.COSIGNING)
    yield Asked(rows.select_related("proposal__organization"), lambda rows: [_invitation(row, book) for row in rows])


def _invitation(row: Cosignature, book: Book) -> TodoItem:
    return item(
        row, row.proposal, "答复联名邀请", act_url(row, CosignatureAct.AGREE), CosignatureAct.AGREE,
        waiting=f"{row.proposal.proposer_title}{row.proposal.proposer_name}", since=row.invited_at,
        due_on=_day(row.proposal.cosigning_closes), book=book,
    )  # fmt: skip


def confirmations(user, book: Book) -> Iterator[Asked]:
    """Texts of a body for which its convener was asked."""
    mine = Proposal.role_clauses(user)[Role.CONVENER]
    if mine == NEVER:
        return
    rows = Proposal.objects.for_acting().select_related("drafter").filter(mine, state__in=ProposalState.EDITABLE)
    rows = rows.filter(confirmation_asked_at__isnull=False)
    yield Asked(rows, lambda rows: [_confirmation(row, book) for row in rows])


def _confirmation(row: Proposal, book: Book) -> TodoItem:
    act = ProposalAct.CONFIRM_COLLECTIVE
    waiting, since = f"联系人{row.drafter}", row.confirmation_asked_at
    return of_proposal(row, "确认集体提案", act_url(row, act), act=act, waiting=waiting, since=since, book=book)


def replies(user, book: Book) -> Iterator[Asked]:
    """Draft replies to comment on, and replies to rate."""
    clauses = Assignment.role_clauses(user)
    proposers = clauses[Role.AUTHOR] | clauses[Role.CONTACT]
    if proposers == NEVER and clauses[Role.COSIGNER] == NEVER:
        return
    asked = Q(state=AssignmentState.HANDLING, replies__isnull=False) & proposers
    answered = Q(state=AssignmentState.REPLIED) & (proposers | clauses[Role.COSIGNER])
    rows = Assignment.objects.for_list().answering().with_roles_of(user)
    open_ones = rows.filter(proposal__state__in=RATABLE).filter(pk__in=_pks(asked | answered))
    open_ones = open_ones.prefetch_related(EVERY_RATING)
    yield Asked(open_ones, lambda rows: filter(None, (_reply(row, user, book) for row in rows)))


def _pks(clause: Q):
    return Assignment.objects.filter(clause).order_by().values("pk")


def _reply(share: Assignment, user, book: Book) -> TodoItem | None:
    reply = current_reply(share)
    if reply is None:
        return None
    if share.state == AssignmentState.REPLIED:
        return _to_rate(share, reply, user, book)
    if reply.draft_sent_at is None or reply.commented_at is not None:
        return None
    return of_share(
        share, "对答复稿提意见", act_url(share, AssignmentAct.COMMENT_ON_DRAFT),
        act=AssignmentAct.COMMENT_ON_DRAFT, waiting=str(share.unit), since=reply.draft_sent_at,
        due_on=reply.comment_due_on, step="draft_comment", start=reply.draft_sent_at, book=book,
    )  # fmt: skip


def _to_rate(share: Assignment, reply, user, book: Book) -> TodoItem | None:
    """The first proposer's rating is the deciding one, whoever entered it; a co-signer has their own."""
    as_proposer = bool(roles_on(share) & set(PROPOSERS))
    rated = any(r.deciding if as_proposer else r.person_id == user.person_id for r in reply.ratings.all())
    if rated or share.kind not in AssignmentKind.ANSWERING:
        return None
    what = f"评价答复（{APART}）" if share.is_separate else "评价答复"
    return of_share(
        share, what, act_url(share, AssignmentAct.RATE), act=AssignmentAct.RATE,
        waiting=str(share.unit), since=reply.sent_at, due_on=share.rating_due_on,
        step="rating", start=share.replied_at, book=book,
    )  # fmt: skip


def _day(moment):
    return timezone.localdate(moment) if moment else None
