"""What must hold before somebody is urged, and before a B reply becomes an A."""

from proposals.commitment_states import CommitmentState
from proposals.models import Commitment, CommitmentNote, Upgrade, Urge
from workflow.errors import Refused
from workflow.transition import Step

from .kinds import ResultClass
from .replies import reply_to_act_on


def not_urged_today(step: Step) -> None:
    if Urge.objects.filter(assignment=step.case, on=step.day).exists():
        _urged_already()


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
    if open_upgrade(step) is not None:
        raise Refused("已经提出转类，正在等提案人或提案委答复。", "请等待结果。", code="upgrade_open")
    promises = Commitment.objects.filter(reply=reply).exclude(state=CommitmentState.VOIDED)
    states = list(promises.values_list("state", flat=True))
    left = len([state for state in states if state != CommitmentState.DONE])
    if left or not states:
        words = f"还有 {left} 项承诺没有确认办结。" if left else "这份答复没有登记办结的承诺事项。"
        raise Refused(words, "全部承诺事项办结并经确认以后再提。", code="promises_open")


def awaits_consent(step: Step) -> None:
    upgrade = open_upgrade(step)
    if upgrade is None or upgrade.answer:
        raise Refused("没有等您答复的转类申请。", "请刷新页面查看最新情况。", code="no_upgrade")


def awaits_decision(step: Step) -> None:
    upgrade = open_upgrade(step)
    if upgrade is None or not upgrade.answer:
        raise Refused("提案人还没有答复是否同意转类。", "请等提案人答复后再决定。", code="no_consent_yet")


def open_upgrade(step: Step) -> Upgrade | None:
    """The request about the present reply that waits for an answer or a decision; read once for each instance."""
    kept = step.case.__dict__
    if "_open_upgrade" not in kept:
        mine = Upgrade.objects.filter(reply__assignment=step.case, reply__round=step.case.round, decision="")
        kept["_open_upgrade"] = mine.exclude(answer=Upgrade.Answer.DECLINED).select_related("reply").first()
    return kept["_open_upgrade"]
