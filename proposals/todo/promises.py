"""What waits because of a promise: to keep it, to confirm that it was kept, to answer and decide B 类转 A 类."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q

from deadlines.book import Book
from members.models import Post
from members.periods import today
from members.posts import posts_of
from proposals.acts import AssignmentAct, CommitmentAct
from proposals.commitment_states import CommitmentState
from proposals.models import Assignment, Commitment, Upgrade
from proposals.roles import PROPOSERS, Role
from proposals.sections.commitments import SOON, sign_of
from workflow.asking import Asked
from workflow.querysets import NEVER
from workflow.todo import TodoItem

from .items import act_url, of_share


def to_keep(user, book: Book) -> Iterator[Asked]:
    """Of its own unit's: overdue, or due within a month. It is asked again until it is done, whatever the year."""
    mine = Commitment.role_clauses(user)[Role.OPERATOR]
    if mine == NEVER:
        return
    near = Q(due_on__lte=today() + timedelta(days=SOON))
    rows = Commitment.objects.for_list().filter(mine, near, state=CommitmentState.OPEN).order_by("due_on", "pk")
    yield Asked(rows, lambda rows: [_of_promise(row, "落实承诺事项", row.get_absolute_url()) for row in rows])


def to_confirm(user, book: Book) -> Iterator[Asked]:
    """Reported as done: for the committee's staff and the dispatch office. The date was the unit's, not theirs."""
    clauses = Commitment.role_clauses(user)
    mine = clauses[Role.STAFF] | clauses[Role.DISPATCH]
    if clauses[Role.STAFF] == NEVER and clauses[Role.DISPATCH] == NEVER:
        return
    rows = Commitment.objects.for_list().filter(mine, state=CommitmentState.REPORTED).order_by("due_on", "pk")
    yield Asked(rows, lambda rows: [_reported(row) for row in rows])


def _reported(row: Commitment) -> TodoItem:
    found = _of_promise(row, "确认承诺办结", row.get_absolute_url(), CommitmentAct.CONFIRM_DONE)
    return replace(found, due_on=None, colour="", word="")


def _of_promise(row: Commitment, what: str, url: str, act: str = "") -> TodoItem:
    sign = sign_of(row)
    return TodoItem(
        process="commitment", object_id=row.pk, number=row.proposal.number, title=row.measure or str(row.proposal),
        what=what, url=url, case_url=row.get_absolute_url(), act=str(act), waiting=row.proposal.proposer_name,
        since=row.reply.sent_at, due_on=row.due_on,
        colour=sign.colour if sign else "", word=sign.word if sign else "",
    )  # fmt: skip


def upgrades(user, book: Book) -> Iterator[Asked]:
    """B 类转 A 类: the proposer answers, then the head of 提案委 decides."""
    clauses = Assignment.role_clauses(user)
    proposes = [clauses[role] for role in PROPOSERS if clauses[role] != NEVER]
    if proposes:
        mine = proposes[0] if len(proposes) == 1 else proposes[0] | proposes[1]
        asked = _with_upgrade(Assignment.objects.for_list().filter(mine), answer="")
        yield Asked(asked, lambda rows: map(_answer, rows))
    if posts_of(user).in_proposal_committee(Post.HEAD):
        consented = Upgrade.Answer.CONSENTED
        yield Asked(_with_upgrade(Assignment.objects.for_list(), answer=consented), lambda rows: map(_decide, rows))


def _with_upgrade(rows, answer: str):
    present = Upgrade.objects.filter(reply__assignment=OuterRef("pk"), reply__round=OuterRef("round"))
    asked = present.filter(decision="", answer=answer)
    return rows.filter(Exists(asked)).order_by("pk")


def _answer(share: Assignment) -> TodoItem:
    return of_share(
        share,
        "答复是否同意转为 A 类",
        share.get_absolute_url(),
        act=AssignmentAct.CONSENT_UPGRADE,
        waiting=str(share.unit),
    )


def _decide(share: Assignment) -> TodoItem:
    url = act_url(share, AssignmentAct.GRANT_UPGRADE)
    return of_share(share, "决定是否转为 A 类", url, act=AssignmentAct.GRANT_UPGRADE, waiting=str(share.unit))
