"""What must hold before somebody is urged, and before a B reply becomes an A."""

from proposals.models import Assignment, CommitmentNote, Urge
from workflow.errors import Refused
from workflow.transition import Step

from .kinds import ResultClass
from .replies import reply_to_act_on
from .states import AssignmentState


def not_urged_today(step: Step) -> None:
    """A page with many shares has read the day with them (urging.with_urges)."""
    share = step.case
    if hasattr(share, "last_urged_on"):
        was_urged = share.last_urged_on == step.day
    else:
        was_urged = Urge.objects.filter(assignment=share, on=step.day).exists()
    if was_urged:
        _urged_already()
    if share.state == AssignmentState.AWAITING_CHECK:
        _lies_with_the_unit(share)


def _lies_with_the_unit(share: Assignment) -> None:
    """A reply that is to be checked waits for the dispatch office; once checked, the unit has to send it."""
    reply = reply_to_act_on(share)
    if reply is None or not reply.checked_at:
        raise Refused(
            "答复已送交办机构复核，现在不在承办单位手上。",
            "请先复核；复核通过后仍未发出的，再催办。",
            code="with_dispatch",
        )


def commitment_not_urged_today(step: Step) -> None:
    mine = CommitmentNote.objects.filter(commitment=step.case, kind=CommitmentNote.Kind.URGED, on=step.day)
    if mine.exists():
        _urged_already()


def _urged_already() -> None:
    raise Refused("今天已经催办过，一件一天只催一次。", "请明天再催；急事请直接打电话。", code="urged_today")


# --- B 类转 A 类 ---


def may_propose_upgrade(step: Step) -> None:
    """A B reply whose every promise is done, and no other request open."""
    reply = reply_to_act_on(step.case)
    if reply is None or reply.result_class != ResultClass.B:
        raise Refused("只有 B 类答复可以转为 A 类。", "这份答复不需要转类。", code="not_class_b")
    if reply.upgraded_to:
        raise Refused("这份答复已经转为 A 类。", "不需要再转。", code="upgraded")
    if reply.upgrade_answer is not None:
        raise Refused("已经提出转类，正在等提案人或提案委答复。", "请等待结果。", code="upgrade_open")
    if reply.promises_left or not reply.promises_kept:
        words = "还有承诺没有确认办结。" if reply.promises_left else "这份答复没有登记办结的承诺事项。"
        raise Refused(words, "全部承诺事项办结并经确认以后再提。", code="promises_open")


def awaits_consent(step: Step) -> None:
    reply = reply_to_act_on(step.case)
    if reply is None or reply.upgrade_answer != "":
        raise Refused("没有等您答复的转类申请。", "请刷新页面查看最新情况。", code="no_upgrade")


def has_open_upgrade(step: Step) -> None:
    """The head may close a request that the proposer never answers, so that it can be made again."""
    reply = reply_to_act_on(step.case)
    if reply is None or reply.upgrade_answer is None:
        raise Refused("没有等待决定的转类申请。", "请刷新页面查看最新情况。", code="no_upgrade")


def awaits_decision(step: Step) -> None:
    reply = reply_to_act_on(step.case)
    if reply is None or not reply.upgrade_answer:
        raise Refused("提案人还没有答复是否同意转类。", "请等提案人答复后再决定。", code="no_consent_yet")
