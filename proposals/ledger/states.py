"""Which state a row of the ledger shows, and which facts it leaves open.

An old ledger has no second round and no 三方会商: a case with a rating is closed as it was recorded,
also 不满意 (invariant 8 binds the portal's own cases); what is missing is listed, not invented.
"""

from proposals.kinds import Kind, ResultClass, Satisfaction
from proposals.states import AssignmentState, ProposalState

from .entries import Entry


def proposal_state(entry: Entry) -> ProposalState:
    """立案 without a unit: 已立案; with one: 办理中; answered: 已答复; rated: 办结. Others as they are."""
    if not entry.is_handled:
        return entry.outcome
    if entry.attitude or entry.rating:
        return ProposalState.CLOSED
    return ProposalState.REPLIED if entry.is_replied else ProposalState.HANDLING


def share_state(entry: Entry, is_assist: bool = False) -> AssignmentState:
    if not entry.is_replied:
        return AssignmentState.HANDLING
    return AssignmentState.OPINION_GIVEN if is_assist else AssignmentState.REPLIED


def missing_facts(entry: Entry) -> list[str]:
    """What the ledger does not tell about the case (shown as 未登记, never as a fault)."""
    return [*_of_the_text(entry), *_of_the_review(entry), *_of_the_handling(entry), *_of_the_reply(entry)]


def _of_the_text(entry: Entry):
    yield from _unless(entry.body, "正文")
    yield from _unless(entry.suggestions, "具体建议")
    yield from _unless(entry.submitted, "提交日期")
    yield from _unless(entry.category, "类别")
    if entry.more_people or (entry.kind == Kind.JOINT and entry.head_count < 2):
        yield "其他联名人"


def _of_the_review(entry: Entry):
    if entry.outcome in (ProposalState.FILED, ProposalState.MERGED):
        yield "立案时间"
    if entry.outcome == ProposalState.FILED:
        yield from _unless(entry.number, "案号")
    if entry.outcome == ProposalState.NOT_FILED:
        yield from _unless(entry.disposition, "转办去向")
        yield "不予立案情形"


def _of_the_handling(entry: Entry):
    if not entry.is_handled:
        return
    yield from _unless(entry.units, "主办单位")
    yield from _unless(entry.assigned, "交办日期")
    yield "签收时间"
    if entry.assistants:
        yield "会办意见"


def _of_the_reply(entry: Entry):
    if not (entry.is_handled and entry.is_replied):
        return
    yield from _unless(entry.replied, "答复日期")
    yield from _unless(entry.result, "办理结果")
    yield from ("答复正文", "面商记录", "审签和复核", "逐条答复")
    if entry.result == ResultClass.B:
        yield "承诺事项"
    if entry.attitude or entry.rating:
        yield from _unless(entry.attitude, "办理态度评价")
        yield from _unless(entry.rating, "办理结果评价")
        if Satisfaction.DISSATISFIED in (entry.attitude, entry.rating):
            yield "不满意之后的再次办理"
        yield "评价时间"


def _unless(known, fact: str):
    if not known:
        yield fact
