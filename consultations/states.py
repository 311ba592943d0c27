"""The states of a plan, a suggested topic, a topic, a member's opinion, an outcome and a recommendation."""

from enum import nonmember

from django.db import models


class PlanState(models.TextChoices):
    DRAFT = "draft", "起草中"
    CONSULTING = "consulting", "征求县委、县政府意见"
    CHAIRMEN = "chairmen", "待主席会议审议"
    STANDING = "standing", "待县委常委会确定"
    APPROVED = "approved", "待联合印发"
    ISSUED = "issued", "已印发"
    DROPPED = "dropped", "已作废"

    # Its topics are still being chosen; afterwards each change needs its reason.
    OPEN = nonmember(("draft", "consulting", "chairmen", "standing"))
    SETTLED = nonmember(("approved", "issued"))
    ON_THE_WAY = nonmember(("consulting", "chairmen", "standing", "approved"))
    FINISHED = nonmember(("issued", "dropped"))


class IdeaState(models.TextChoices):
    WAITING = "waiting", "待研究"
    SELECTED = "selected", "已选为议题"
    RESERVED = "reserved", "留作储备"
    DECLINED = "declined", "未采用"
    WITHDRAWN = "withdrawn", "已撤回"

    FINISHED = nonmember(("selected", "withdrawn"))


class TopicState(models.TextChoices):
    WAITING = "waiting", "待启动"
    PREPARING = "preparing", "调研筹备中"
    HELD = "held", "已协商，形成成果"
    TRACKING = "tracking", "跟踪落实中"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"
    DROPPED = "dropped", "未列入计划"

    UNDER_WAY = nonmember(("preparing", "held", "tracking"))
    BEFORE = nonmember(("waiting", "preparing"))
    OPEN = nonmember(("waiting", "preparing", "held", "tracking"))
    # What stands in a plan once it is issued, whatever became of it.
    LISTED = nonmember(("waiting", "preparing", "held", "tracking", "closed", "cancelled"))
    MET = nonmember(("held", "tracking", "closed"))
    FINISHED = nonmember(("closed", "cancelled", "dropped"))


class OpinionState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"

    FINISHED = nonmember(())


class OutcomeState(models.TextChoices):
    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "待审签"
    SIGNED = "signed", "已签发"
    SENT = "sent", "已报送"
    DROPPED = "dropped", "已作废"

    OPEN = nonmember(("draft", "submitted", "signed"))
    FINISHED = nonmember(("sent", "dropped"))


class ItemState(models.TextChoices):
    """Of a recommendation."""

    WAITING = "waiting", "待答复"
    DOING = "doing", "落实中"
    REPORTED = "reported", "已报落实，待确认"
    DONE = "done", "已落实"
    DECLINED = "declined", "未采纳"

    OPEN = nonmember(("waiting", "doing", "reported"))
    URGED = nonmember(("waiting", "doing"))
    FINISHED = nonmember(("done", "declined"))


TONES = {
    PlanState.DRAFT: "neutral", PlanState.CONSULTING: "info", PlanState.CHAIRMEN: "info", PlanState.STANDING: "info",
    PlanState.APPROVED: "waiting", PlanState.ISSUED: "success", PlanState.DROPPED: "neutral",
    IdeaState.WAITING: "waiting", IdeaState.SELECTED: "success", IdeaState.RESERVED: "info",
    IdeaState.DECLINED: "neutral", IdeaState.WITHDRAWN: "neutral",
    TopicState.PREPARING: "info", TopicState.HELD: "info", TopicState.TRACKING: "warning",
    TopicState.CLOSED: "success", TopicState.CANCELLED: "neutral",
    OpinionState.SUBMITTED: "success", OutcomeState.SIGNED: "info", OutcomeState.SENT: "success",
    ItemState.DOING: "info", ItemState.REPORTED: "info", ItemState.DONE: "success",
}  # fmt: skip


def tone_of(state: str) -> str:
    return TONES.get(state, "neutral")
