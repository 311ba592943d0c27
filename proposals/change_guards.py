"""What must hold before a text is changed or a filed case is withdrawn by request (domain §1.4)."""

from workflow.errors import Refused
from workflow.transition import Step

from .models import ChangeRequest, Proposal
from .request_facts import facts_of
from .rewording import answered_but_dropped, text_of
from .states import ProposalState


def may_ask_amend(step: Step) -> None:
    _none_is_open(step.case)
    _no_reply_sent(step.case, "不能再申请修改文字", "如对答复有意见，请在评价时写明。")


def may_ask_withdrawal(step: Step) -> None:
    _none_is_open(step.case)
    _no_reply_sent(step.case, "不能再申请撤案", "如对答复有意见，请在评价时写明。")
    _nothing_merged_in(step.case, "请先联系提案委，把并入的提案另行处理后再申请。")


def may_grant(step: Step) -> None:
    """Looked at again when it is decided: much may have happened since it was asked."""
    request, proposal = step.case, step.case.proposal
    states = ProposalState.AMENDABLE if request.is_amendment else ProposalState.WITHDRAWABLE
    if proposal.state not in states:
        label = proposal.get_state_display()
        raise Refused(f"提案目前是“{label}”，这份申请不能再同意。", "请点“不同意申请”并说明情况。", code="moved_on")
    _no_reply_sent(proposal, "不能再同意这份申请", "请点“不同意申请”并说明情况。")
    if request.is_amendment:
        _text_is_still_that(request)
    else:
        _nothing_merged_in(proposal, "请先撤销那些提案的并案决定，再同意撤案。")


def _none_is_open(proposal: Proposal) -> None:
    if facts_of(proposal)["is_asked"]:
        raise Refused(
            "已有一份变更申请在等提案委决定。", "如要改动，请先撤回那份申请，再重新提出。", code="change_open"
        )


def _no_reply_sent(proposal: Proposal, what: str, next_step: str) -> None:
    if facts_of(proposal)["is_answered"]:
        raise Refused(f"承办单位已经答复，{what}。", next_step, code="reply_sent")


def _nothing_merged_in(proposal: Proposal, next_step: str) -> None:
    if facts_of(proposal)["has_merged"]:
        raise Refused("已有提案并入本案，不能撤案。", next_step, code="has_merged")


def _text_is_still_that(request: ChangeRequest) -> None:
    """Whoever polished in between is not overwritten, and no unit's drafted answer is thrown away."""
    if text_of(request.proposal) != request.replaced:
        raise Refused(
            "申请提出以后，提案文字又有改动。", "请点“不同意申请”，请提案人按现在的文字重新申请。", code="text_moved"
        )
    dropped = answered_but_dropped(request.proposal, request.proposed["suggestions"])
    if dropped:
        positions = "、".join(map(str, dropped))
        raise Refused(
            f"承办单位已为第 {positions} 条建议起草了答复，删去会丢失单位的答复稿。",
            "请点“不同意申请”，请提案人保留这一条（可以改写文字）后重新申请。",
            code="drafted_answer",
        )
