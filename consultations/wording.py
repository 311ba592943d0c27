"""What follows from an act, and what the next page says, in one sentence each."""

from .acts import IdeaAct, ItemAct, OpinionAct, OutcomeAct, PlanAct, TopicAct

CONSEQUENCES = {
    "consult_plan": {
        PlanAct.CALL: "全体委员、各专委会和各承办单位会收到征集通知。",
        PlanAct.CONSULT: "送出后，议题仍可按意见修改；每一步的改动都会留下对照。",
        PlanAct.ISSUE: "印发后，计划向全体委员和有关单位公开；议题不再删除，调整、取消都要写明理由。",
        PlanAct.SEND_BACK: "退回后重新征求意见、重新审议。",
    },
    "consult_idea": {IdeaAct.DECLINE: "提出人会收到通知，并看到理由。"},
    "topic": {
        TopicAct.DROP: "这个议题不列入本年度计划。",
        TopicAct.CANCEL: "议题留在计划里，标明已取消和理由。",
        TopicAct.ASK_OPINIONS: "所选范围的委员会收到通知，截止前可以提交、撤回修改。",
        TopicAct.STOP_OPINIONS: "结束后不再接收新的意见，已经提交的都保留。",
        TopicAct.UNINVITE: "撤回以后，本人会收到通知。",
        TopicAct.CORRECT_SURVEY: "改动前后的内容都会留在办理记录里。",
        TopicAct.CORRECT_MEETING: "改动前后的内容都会留在办理记录里；改了日期的，纪要和成果的期限跟着改。",
        TopicAct.CORRECT_SPEECH: "改动前后的内容都会留在办理记录里。",
        TopicAct.FEED_BACK: "受邀、调研、到会、发言的委员，提出议题的委员和有关单位都会收到通知。",
        TopicAct.CLOSE: "办结后不再跟踪。",
    },
    "outcome": {
        OutcomeAct.SUBMIT: "送审后这一稿留存，不能再改；领导退回以后才能修改。",
        OutcomeAct.VOID: "作废的登记不再计数，承办专委会和办公室仍看得到；登记错了的，请再用“登记批示”重新登记。",
        OutcomeAct.SEND: "报送后，每条建议交给所列单位限期答复，一直跟踪到落实。",
    },
    "recommendation": {
        ItemAct.REASSIGN: "原来的答复和期限不再算数，由新单位重新答复；以前的情况都留在办理记录里。",
        ItemAct.ASK_AGAIN: "单位要重新答复，期限重新计算。",
        ItemAct.CONVERT: "会在您的草稿里新建一份，由您补充后自己提交。",
    },
    "consult_opinion": {OpinionAct.CONVERT: "会在您的草稿里新建一份，由您补充后自己提交。"},
}  # fmt: skip

DONE = {
    "consult_plan": {PlanAct.ISSUE: "计划已印发，正在通知委员和有关单位。"},
    "topic": {TopicAct.ASK_OPINIONS: "已开始征集，正在通知委员。", TopicAct.SEND_NOTICE: "通知已发出。"},
    "consult_opinion": {OpinionAct.SUBMIT: "意见已提交。截止前还可以撤回修改。", OpinionAct.TAKE_BACK: "已撤回，可以修改后再提交。"},
    "outcome": {OutcomeAct.SEND: "已报送，建议已交有关单位答复。"},
}  # fmt: skip


def consequence(process: str, act: str) -> str:
    return CONSEQUENCES.get(process, {}).get(act, "")


def done(process: str, act: str) -> str:
    return DONE.get(process, {}).get(act, "已完成。")
