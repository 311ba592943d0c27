"""What must hold before the acts around a decision: split, take back, convert, answer a merge, undo."""

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format

from workflow.errors import Refused
from workflow.models import Event
from workflow.transition import Step

from . import dispositions
from .acts import ProposalAct
from .guards import nothing_merged_in
from .models import Proposal, TextSnapshot
from .rewording import AMENDED
from .snapshots import BEFORE_SPLIT, SUBMITTED
from .states import ProposalState


def decision_can_be_undone(step: Step) -> None:
    if step.case.moved_offline_at:
        raise Refused("这件提案已转线下办理，文字已经清除，不能撤销。", "后续请按保密要求在线下办理。", code="offline")
    nothing_merged_in(step)
    _not_being_changed(step)
    _main_is_not_assigned(step.case)
    if step.case.converted_at and (why := dispositions.why_kept(step.case)):
        raise Refused(f"{why}，不能撤销决定。", "请与接收方联系处理。", code="converted")


def _not_being_changed(step: Step) -> None:
    """What the proposer has typed since the return is submitted by the proposer, or taken back after its date."""
    if step.case.state != ProposalState.RETURNED or step.case.saved_at is None:
        return
    returned = Event.objects.filter(process="proposal", object_id=step.case.pk, act=ProposalAct.RETURN)
    if step.case.saved_at > returned.latest("sequence").happened_at:
        raise Refused(
            "提案人已经开始修改，不能撤销退回。",
            "请等提案人重新提交后再审查；过了修改期限可以“收回审定”。",
            code="being_changed",
        )


def _main_is_not_assigned(proposal: Proposal) -> None:
    main = proposal.merged_into
    if main is not None and main.state != ProposalState.FILED:
        raise Refused(
            f"主提案{main.number}已经交办，不能撤销并案。", "本案随主提案一并答复提案人。", code="main_assigned"
        )


def change_is_overdue(step: Step) -> None:
    due = step.case.change_due_on
    if due is None:
        raise Refused("退回时没有定修改期限。", "如需继续审查，请“撤销决定”。", code="not_overdue")
    if step.day <= due:
        raise Refused(f"修改期限 {date_format(due)} 未过。", "到期后仍未重新提交的才能收回。", code="not_overdue")


def waits_for_conversion(step: Step) -> None:
    if step.case.converted_at or dispositions.handler_of(step.case.disposition) is None:
        raise Refused("这件提案不需要转办。", "不用处理。", code="not_waiting")


def suggestion_waits(step: Step) -> None:
    if step.case.converted_at:
        raise Refused("这件意见建议已经签收。", "不需要再次签收。", code="acknowledged")


def merge_is_to_be_answered(step: Step) -> None:
    if step.case.merge_answer:
        raise Refused("您已对并案表示过意见。", "如有变化，请与提案委联系。", code="merge_answered")


def split_can_be_taken_back(step: Step) -> None:
    other = split_off(step.case)
    if other is None:
        raise Refused("没有可以并回来的分案。", "分出去的提案已经审定或撤回的，不能再撤销分案。", code="not_split")
    if _was_rewritten(step.case, other):
        raise Refused("分案以后提案人改过本案文字，不能撤销分案。", "两件提案请分别审定。", code="changed_since")


def split_off(proposal: Proposal) -> Proposal | None:
    """The last case split from this one and not taken back, as long as nothing is decided about it nor split from it.

    Only the last: an earlier text would bring back what a later split took out.
    """
    other = _standing(proposal).last()
    if other is None or other.state not in ProposalState.UNDER_REVIEW or _standing(other).exists():
        return None
    return other


def _standing(proposal: Proposal):
    """What was split from it and not taken back, in that order."""
    return proposal.split_off.exclude(pk__in=taken_back(proposal).values("pk")).order_by("pk")


def taken_back(proposal: Proposal):
    """What was split from it and given back to it by 撤销分案."""
    undone = Event.objects.filter(process="proposal", object_id=OuterRef("pk"), act=ProposalAct.SPLIT_WITHDRAWN)
    return proposal.split_off.filter(Exists(undone)).order_by("pk")


def before_split(proposal: Proposal, other: Proposal) -> TextSnapshot | None:
    """The text put on file when `other` was split off."""
    kept = proposal.snapshots.filter(occasion=BEFORE_SPLIT, at__lte=other.created_at)
    return kept.order_by("at", "pk").last()


def _was_rewritten(proposal: Proposal, other: Proposal) -> bool:
    """Whether the proposer changed one of the two texts since, by submitting it again or by a granted request."""
    kept = before_split(proposal, other)
    changed = TextSnapshot.objects.filter(occasion__in=[SUBMITTED, AMENDED], proposal__in=[proposal, other])
    return kept is None or changed.filter(at__gt=kept.at).exists()
