"""Who has the case and until when, in one sentence: the first thing everybody looks for."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from deadlines.book import Book
from deadlines.rules import ceiling
from workflow.querysets import roles_on

from .clocks import step_of
from .due_signs import DueSign, due_sign
from .models import Assignment, Proposal
from .roles import PROPOSERS
from .states import AssignmentState as A
from .states import ProposalState as P

ABOUT_OPINIONS = {A.OPINION_GIVEN: "会办意见已报", A.OPINION_MISSED: "会办意见逾期未报，主办单位已经答复"}


@dataclass(frozen=True)
class Standing:
    """who has to do what (`doing`), and by when (`until`) what must have happened (`verb`).

    `who` is empty when nobody has it any more; `doing` then says how it ended. `others` says who else is at
    work. step, start, kind and no_later_than say which due rule made the date; `is_decided`: it
    was decided instead.
    """

    who: str
    doing: str
    until: date | None = None
    verb: str = "完成"
    step: str = ""
    start: datetime | None = None
    kind: str = ""
    no_later_than: date | None = None
    others: str = ""
    is_decided: bool = False

    @property
    def sentence(self) -> str:
        """For example: 现在由县教育局办理，应于 2026年6月1日 前答复；另有 1 个单位在办。"""
        if not self.who:
            return f"{self.doing}。"
        day = self.until
        when = f"，应于 {day.year}年{day.month}月{day.day}日 前{self.verb}" if day else ""
        rest = f"；{self.others}" if self.others else ""
        return f"现在由{self.who}{self.doing}{when}{rest}。"

    def sign(self, book: Book | None = None) -> DueSign | None:
        return due_sign(self.until, self.step, self.start, self.kind, self.no_later_than, book, self.is_decided)


WAITING_FOR_COMMITTEE = {
    P.SUBMITTED: "审查",
    P.REVIEWED: "审定",
    P.TRIPARTITE: "组织三方会商",
}
FINISHED = {
    P.NOT_FILED: "不予立案，已告知提案人",
    P.WITHDRAWN: "已撤案",
    P.CLOSED: "已办结",
}


def standing(proposal: Proposal) -> Standing:
    """No query when the row came from `for_list()`. The proposers themselves read 您, when it was read with roles."""
    state = P(proposal.state)
    if proposal.moved_offline_at:
        return Standing("", "已转线下办理，由提案委在线下联系")
    if state in FINISHED:
        return Standing("", FINISHED[state])
    if state in WAITING_FOR_COMMITTEE:
        return Standing("提案委", WAITING_FOR_COMMITTEE[state])
    if state == P.MERGED:
        return _with_main(proposal)
    if state == P.FILED:
        return Standing("提案委或交办机构", "交办") if proposal.is_numbered else Standing("提案委", "编号")
    if state == P.REPLIED:
        return _with_raters(proposal, _shares(proposal))
    if state == P.HANDLING:
        return _with_units(proposal, _shares(proposal))
    return _with_author(proposal, state)


def standing_of(share: Assignment) -> Standing:
    """The same of one unit's share, for those who act on it."""
    state = A(share.state)
    if state == A.RECALLED:
        gone = "已撤案" if share.proposal.state == P.WITHDRAWN else "已改交"
        return Standing("", f"{gone}，{share.unit}不再承办")
    if state in ABOUT_OPINIONS:
        return Standing("", ABOUT_OPINIONS[state])
    if state == A.REPLIED:
        return _with_raters(share.proposal, [share], share)
    return _at_the_unit([share], share.proposal)


def _with_main(proposal: Proposal) -> Standing:
    """Merged: the main case's number, and on the case page, which reads its shares, where that one stands."""
    main = proposal.merged_into
    if main is None:
        return Standing("", "已并案办理")
    where = f"已并入{main.number}，随主提案一并答复"
    if not hasattr(main, "current_assignments"):
        return Standing("", where)
    return Standing("", f"{where}。主提案{standing(main).sentence.removesuffix('。')}")


def _proposer(proposal: Proposal, case=None) -> str:
    """What the reader calls whoever proposes; `case` was read with the reader's roles."""
    return "您" if roles_on(case or proposal) & set(PROPOSERS) else proposal.proposer_name


def _with_author(proposal: Proposal, state: P) -> Standing:
    who = _proposer(proposal)
    if state == P.RETURNED:
        return Standing(who, "修改", proposal.change_due_on, "重新提交")
    if state != P.COSIGNING:
        return Standing(who, "编写")
    closes = proposal.cosigning_closes
    day = timezone.localdate(closes) if closes else None
    return (
        Standing("受邀委员", "确认联名", day, "确认") if _is_awaited(proposal) else Standing(who, "提交", day, "提交")
    )


def _is_awaited(proposal: Proposal) -> bool:
    """Whether somebody invited to co-sign has not answered."""
    known = getattr(proposal, "is_awaited", None)
    return proposal.cosignatures.open().exists() if known is None else known


def _shares(proposal: Proposal) -> list[Assignment]:
    loaded = getattr(proposal, "current_assignments", None)
    if loaded is not None:
        return loaded
    return list(proposal.assignments.current().with_check().select_related("unit"))


def _with_raters(proposal: Proposal, shares: list[Assignment], case=None) -> Standing:
    who = _proposer(proposal, case)
    dated = [s for s in shares if s.rating_due_on]
    last = max(dated, key=lambda s: s.rating_due_on, default=None)
    if last is None:
        return Standing(who, "评价", verb="评价")
    return Standing(who, "评价", last.rating_due_on, "评价", "rating", last.replied_at, proposal.timing)


def _with_units(proposal: Proposal, shares: list[Assignment]) -> Standing:
    """The answering share that comes next speaks for all that stand where it stands; the others are counted."""
    open_ones = [s for s in shares if s.state in A.OPEN]
    answering = sorted((s for s in open_ones if not s.is_assist), key=_turn)
    if not answering:
        return Standing("承办单位", "办理")
    same = [s for s in answering if _turn(s) == _turn(answering[0]) and s.state == answering[0].state]
    now, rest = _at_the_unit(same, proposal), len(open_ones) - len(same)
    return replace(now, others=f"另有 {rest} 个单位在办") if rest else now


def _turn(share: Assignment) -> tuple[bool, date]:
    """Who comes first: a return that waits for its decision, then whoever has the earliest date to keep."""
    day = share.sign_due_on if share.state == A.AWAITING_SIGN else share.due_on
    return share.state != A.RETURN_REQUESTED, day or date.max


def _at_the_unit(shares: list[Assignment], proposal: Proposal) -> Standing:
    """Where shares of the same state and date stand."""
    first, units = shares[0], "、".join(str(share.unit) for share in shares)
    if first.state == A.AWAITING_SIGN:
        return Standing(units, "签收", first.sign_due_on, "签收", "sign", first.sign_from, proposal.timing)
    who, doing = _doing(first, units)
    verb = "报会办意见" if first.is_assist else "答复"
    verb = f"由承办单位{verb}" if first.state == A.RETURN_REQUESTED else verb
    return Standing(who, doing, first.due_on, verb, **clock_of(first, proposal))


def clock_of(share: Assignment, proposal: Proposal) -> dict:
    """By which rule, and from when, `due_on` of the share was counted: step, start, kind, no_later_than, is_decided."""
    step = step_of(share)
    return {
        "step": step,
        "start": share.round_started_at or share.assigned_at,
        "kind": proposal.timing,
        "no_later_than": ceiling(share.first_assigned_at) if step == "reply" else None,
        "is_decided": share.is_prolonged,
    }


def _doing(share: Assignment, units: str) -> tuple[str, str]:
    if share.state == A.RETURN_REQUESTED:
        return "交办机构", f"决定是否同意{units}退办"
    if share.state == A.AWAITING_SIGN_OFF:
        return units, "审签会办意见" if share.is_assist else "审签答复"
    if share.state == A.AWAITING_CHECK:
        return (units, "发出答复") if _is_checked(share) else ("交办机构", f"复核{units}的答复")
    return units, "办理"


def _is_checked(share: Assignment) -> bool:
    known = getattr(share, "is_checked", None)
    return Assignment.objects.with_check().get(pk=share.pk).is_checked if known is None else known
