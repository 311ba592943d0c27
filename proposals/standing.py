"""Who has the case and until when, in one sentence: the first thing everybody looks for."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from deadlines.book import Book
from deadlines.rules import ceiling

from .clocks import step_of
from .due_signs import DueSign, due_sign
from .kinds import AssignmentKind
from .models import Assignment, Proposal
from .states import AssignmentState as A
from .states import ProposalState as P


@dataclass(frozen=True)
class Standing:
    """who has to do what (`doing`), and by when (`until`) what must have happened (`verb`).

    `who` is empty when nobody has it any more; `doing` then says how it ended. step, start, kind and
    no_later_than say which due rule made the date.
    """

    who: str
    doing: str
    until: date | None = None
    verb: str = "完成"
    step: str = ""
    start: datetime | None = None
    kind: str = ""
    no_later_than: date | None = None

    @property
    def sentence(self) -> str:
        """For example: 现在由县教育局办理，应于 2026年6月1日 前答复。"""
        if not self.who:
            return f"{self.doing}。"
        day = self.until
        when = f"，应于 {day.year}年{day.month}月{day.day}日 前{self.verb}" if day else ""
        return f"现在由{self.who}{self.doing}{when}。"

    def sign(self, book: Book | None = None) -> DueSign | None:
        return due_sign(self.until, self.step, self.start, self.kind, self.no_later_than, book)


WAITING_FOR_COMMITTEE = {
    P.SUBMITTED: "审查",
    P.REVIEWED: "审定",
    P.TRIPARTITE: "组织三方会商",
}
FINISHED = {
    P.NOT_FILED: "不予立案，已告知提案人",
    P.MERGED: "已并案办理",
    P.WITHDRAWN: "已撤案",
    P.CLOSED: "已办结",
}


def standing(proposal: Proposal) -> Standing:
    """Uses `current_assignments` when the row came from `for_list()`; no further query then."""
    state = P(proposal.state)
    if state in FINISHED:
        return Standing("", FINISHED[state])
    if state in WAITING_FOR_COMMITTEE:
        return Standing("提案委", WAITING_FOR_COMMITTEE[state])
    if state == P.FILED:
        return Standing("提案委", "交办" if proposal.is_numbered else "编号")
    if state == P.REPLIED:
        return _with_raters(proposal, _shares(proposal))
    if state == P.HANDLING:
        return _with_units(proposal, _shares(proposal))
    return _with_author(proposal, state)


def _with_author(proposal: Proposal, state: P) -> Standing:
    who = proposal.proposer_name
    if state == P.RETURNED:
        return Standing(who, "修改", proposal.change_due_on, "重新提交")
    if state == P.COSIGNING:
        closes = proposal.cosigning_closes
        return Standing("受邀委员", "确认联名", timezone.localdate(closes) if closes else None, "确认")
    return Standing(who, "编写")


def _shares(proposal: Proposal) -> list[Assignment]:
    loaded = getattr(proposal, "current_assignments", None)
    if loaded is not None:
        return loaded
    return list(proposal.assignments.current().with_check().select_related("unit"))


def _with_raters(proposal: Proposal, shares: list[Assignment]) -> Standing:
    dated = [s for s in shares if s.rating_due_on]
    last = max(dated, key=lambda s: s.rating_due_on, default=None)
    if last is None:
        return Standing(proposal.proposer_name, "评价", verb="评价")
    return Standing(
        proposal.proposer_name, "评价", last.rating_due_on, "评价",
        "rating", last.replied_at, proposal.timing,
    )  # fmt: skip


def _with_units(proposal: Proposal, shares: list[Assignment]) -> Standing:
    """The share that is due first speaks for all that stand where it stands."""
    waiting = [s for s in shares if s.kind != AssignmentKind.ASSIST and s.state != A.REPLIED]
    if not waiting:
        return Standing("承办单位", "办理")
    nearest = min(waiting, key=lambda s: s.due_on or date.max)
    units = "、".join(str(s.unit) for s in waiting if s.state == nearest.state)
    if nearest.state == A.AWAITING_SIGN:
        return Standing(units, "签收", nearest.sign_due_on, "签收", "sign", nearest.assigned_at, proposal.timing)
    who, doing = _at_the_unit(nearest, units)
    return Standing(who, doing, nearest.due_on, "答复", **clock_of(nearest, proposal))


def clock_of(share: Assignment, proposal: Proposal) -> dict:
    """By which rule, and from when, `due_on` of the share was counted: step, start, kind, no_later_than."""
    step = step_of(share)
    return {
        "step": step,
        "start": share.round_started_at or share.assigned_at,
        "kind": proposal.timing,
        "no_later_than": ceiling(share.first_assigned_at) if step == "reply" else None,
    }


def _at_the_unit(share: Assignment, units: str) -> tuple[str, str]:
    return {
        A.RETURN_REQUESTED: ("交办机构", f"决定是否同意{share.unit}退办"),
        A.AWAITING_SIGN_OFF: (units, "审签答复"),
        A.AWAITING_CHECK: (units, "发出答复") if share.is_checked else ("交办机构", f"复核{units}的答复"),
    }.get(A(share.state), (units, "办理"))
