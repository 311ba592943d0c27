"""What each audience reads of an act: one sentence that says what it means for them, where, and by when.

They stand in the inbox only, below the act and the number; no title and no opinion of a member is in them.
"""

from datetime import date

from members.periods import today

from .acts import IdeaAct, ItemAct, OutcomeAct, PlanAct, TopicAct
from .kinds import Answer
from .states import ItemState

P, D, T, S, R = "consult_plan", "consult_idea", "topic", "outcome", "recommendation"

# (process, act): {audience: sentence}. The words in braces are FACTS.
WORDS = {
    (P, PlanAct.CALL): {"called": "县政协正在征集{year}年度协商议题，截止{call_until}。您有建议的，请点“提出议题”。"},
    (P, PlanAct.SUBMIT): {"chairs": "{year}年度协商计划已提交主席会议，请会前审阅。"},
    (P, PlanAct.ISSUE): {"plan_readers": "{year}年度协商计划已经联合印发，请查看与您有关的议题和时间。"},
    (D, IdeaAct.SELECT): {"idea_author": "{suggested}的议题已被选用，列为协商议题，谢谢支持。"},
    (D, IdeaAct.RESERVE): {"idea_author": "{suggested}的议题留作储备，以后安排协商时再考虑。"},
    (D, IdeaAct.DECLINE): {"idea_author": "{suggested}的议题这次没有采用，请看理由。"},
    (T, TopicAct.ADJUST): {
        "lead": "承办的协商议题作了调整，请按调整后的内容准备。",
        "leader": "您牵头的协商议题作了调整，请查看。",
        "partners": "你单位协办的协商议题作了调整，请查看。",
        "participants": "您受邀参加的协商议题作了调整，请查看。",
    },
    (T, TopicAct.CANCEL): {
        "lead": "承办的协商议题已经取消，不用再准备。",
        "leader": "您牵头的协商议题已经取消。",
        "partners": "你单位协办的协商议题已经取消，不用再准备。",
        "participants": "您受邀参加的协商已经取消，不用再准备。",
    },
    (T, TopicAct.START): {
        "leader": "您牵头的协商议题已经启动，工作方案请查看。",
        "partners": "你单位协办的协商议题已经启动，请按工作方案配合调研，准备情况通报。",
    },
    (T, TopicAct.SET_DATE): {
        "leader": "您牵头的协商定于{meeting}进行，请安排好时间。",
        "partners": "协商定于{meeting}进行，请你单位安排负责人参加。",
        "participants": "协商定于{meeting}进行，请您安排好时间。",
    },
    (T, TopicAct.INVITE): {"participants": "县政协请您参加这个议题的协商{meeting_if_set}。"},
    (T, TopicAct.SEND_NOTICE): {
        "participants": "协商通知已经发出，请您{meeting}参加协商，具体要求请打开查看。",
        "partners": "协商通知已经发出，请你单位派负责人{meeting}参加协商，具体要求请打开查看。",
        "leader": "协商通知已经发出。您牵头的协商定于{meeting}进行。",
    },
    (T, TopicAct.SEND_MATERIALS): {
        "participants": "会议材料已经发出，请您在{meets_on}协商以前看完。",
        "partners": "会议材料已经发出，请在{meets_on}协商以前看完，准备情况通报和解答。",
        "leader": "会议材料已经发出，请在{meets_on}协商以前审阅。",
    },
    (T, TopicAct.UNINVITE): {"uninvited": "这个议题的协商，您不用参加了。"},
    (T, TopicAct.ASK_OPINIONS): {
        "speakers": "县政协请您就这个议题发表意见，截止{opinions_until}。\n请您谈：{question}"
    },
    (T, TopicAct.ISSUE_MINUTES): {
        "participants": "协商会的会议纪要已经印发，请查看。",
        "partners": "协商会的会议纪要已经印发，请查看与你单位有关的内容。",
    },
    (T, TopicAct.FEED_BACK): {"involved": "您参与的协商有了反馈：意见建议采纳得怎样、怎样落实，请打开查看。"},
    (T, TopicAct.CLOSE): {"leader": "您牵头的协商议题已经办结。"},
    (S, OutcomeAct.SUBMIT): {"signers": "协商成果已经送审，请您审签；要修改的，请写明意见退回。"},
    (S, OutcomeAct.RETURN): {"lead": "协商成果退回修改，请按意见改好后重新送审。"},
    (S, OutcomeAct.SIGN): {"lead": "协商成果已经签发，请报送，并把建议交办给有关单位。"},
    (S, OutcomeAct.SEND): {
        "asked_units": "县政协报送的协商成果里有建议请你单位办理，请在{answer_by}前答复是否采纳、怎样落实。",
        "dispatch": "协商成果已经报送{sent_to}，其中的建议已交有关单位，{answer_by}前答复，请督促。",
        "leader": "您牵头的协商成果已经报送{sent_to}。",
    },
    (S, OutcomeAct.INSTRUCT): {
        "asked_units": "领导对协商成果作了批示，请打开查看，抓紧办理有关建议。",
        "lead": "领导对协商成果作了批示，请打开查看。",
        "participants": "您参加的协商形成的成果，得到了领导批示。",
    },
    (S, OutcomeAct.VOID): {
        "asked_units": "协商成果有一条批示登记错了，已经作废，请以现在的登记为准。",
        "lead": "协商成果有一条批示登记错了，已经作废，请以现在的登记为准。",
        "participants": "您参加的协商形成的成果，有一条批示登记错了，已经作废。",
    },
    (R, ItemAct.ANSWER): {
        "lead": "{unit}答复了协商建议：{answer}{promised}。",
        "dispatch": "{unit}答复了协商建议：{answer}{promised}。",
    },
    (R, ItemAct.POSTPONE): {
        "lead": "{unit}把协商建议的落实期限延到{due_on}。",
        "dispatch": "{unit}把协商建议的落实期限延到{due_on}。",
    },
    (R, ItemAct.REPORT_DONE): {
        "lead": "{unit}报来协商建议的落实情况，请核实：落实了的点“确认落实”，没有的退回。",
        "dispatch": "{unit}报来协商建议的落实情况，请查看。",
    },
    (R, ItemAct.CONFIRM): {"unit": "你单位办理的协商建议已经确认落实，谢谢。"},
    (R, ItemAct.NOT_DONE): {"unit": "协商建议退回你单位继续落实{by_due}，请按说明办好后再报。"},
    (R, ItemAct.URGE): {"unit": "请你单位抓紧{step}协商建议{by_due}。"},
    (R, ItemAct.ASK_AGAIN): {"unit": "协商建议再次交你单位研究，请在{answer_due_on}前答复。"},
    (R, ItemAct.REASSIGN): {
        "unit": "协商建议改由你单位办理，请在{answer_due_on}前答复是否采纳、怎样落实。",
        "former_unit": "原来交你单位的一条协商建议改由{unit}办理，你单位不用再办。",
    },
}
# Whom the act itself asks to do something.
ASKED = {
    (T, TopicAct.ASK_OPINIONS, "speakers"), (S, OutcomeAct.SUBMIT, "signers"), (S, OutcomeAct.RETURN, "lead"),
    (S, OutcomeAct.SIGN, "lead"), (S, OutcomeAct.SEND, "asked_units"), (R, ItemAct.REPORT_DONE, "lead"),
    (R, ItemAct.NOT_DONE, "unit"), (R, ItemAct.URGE, "unit"), (R, ItemAct.ASK_AGAIN, "unit"),
    (R, ItemAct.REASSIGN, "unit"),
}  # fmt: skip
# What the actor's words are called where they are told on. Members learn that there is a 批示, nothing said about it.
REASONS = {
    (D, IdeaAct.RESERVE): "说明", (D, IdeaAct.DECLINE): "理由", (T, TopicAct.ADJUST): "调整理由",
    (T, TopicAct.CANCEL): "取消理由", (T, TopicAct.SET_DATE): "改期理由", (T, TopicAct.UNINVITE): "原因",
    (T, TopicAct.SEND_NOTICE): "迟发原因", (T, TopicAct.SEND_MATERIALS): "迟发原因", (T, TopicAct.CLOSE): "说明",
    (S, OutcomeAct.SUBMIT): "说明", (S, OutcomeAct.RETURN): "退回意见", (S, OutcomeAct.SIGN): "说明",
    (S, OutcomeAct.VOID): "作废原因", (R, ItemAct.POSTPONE): "延期理由", (R, ItemAct.CONFIRM): "说明",
    (R, ItemAct.NOT_DONE): "退回理由", (R, ItemAct.URGE): "催办内容", (R, ItemAct.ASK_AGAIN): "理由",
    (R, ItemAct.REASSIGN): "理由",
}  # fmt: skip
WITHOUT_REASON = {(S, OutcomeAct.VOID, "participants")}


def _day(on: date | None) -> str:
    if on is None:
        return "规定期限"
    return f"{on.month}月{on.day}日" if on.year == today().year else f"{on.year}年{on.month}月{on.day}日"


def _meeting(topic) -> str:
    """12月3日9:00在县政协二楼会议室; before a day is set, only that it is still to come."""
    if topic.meets_on is None:
        return "另行通知的时间"
    at = f"{topic.meets_at:%H:%M}" if topic.meets_at else ""
    return f"{_day(topic.meets_on)}{at}" + (f"在{topic.place}" if topic.place else "")


def _meeting_if_set(topic) -> str:
    return f"，定于{_meeting(topic)}进行" if topic.meets_on else "，时间、地点另行通知"


def _answer_due(outcome) -> date | None:
    """All recommendations of an outcome are asked with one date."""
    return outcome.items.order_by("position").values_list("answer_due_on", flat=True).first()


def _open_due(item) -> date | None:
    return item.answer_due_on if item.state == ItemState.WAITING else item.due_on


def _by_due(item) -> str:
    due_on = _open_due(item)
    if due_on is None:
        return ""
    return f"（期限{_day(due_on)}，已经逾期）" if due_on < today() else f"（期限{_day(due_on)}）"


def _promised(item) -> str:
    return f"，{_day(item.due_on)}前落实" if item.due_on else ""


# The date that a notice speaks of, for the templates of mails and SMS.
DUE = {
    (P, PlanAct.CALL): lambda plan: plan.call_until,
    (T, TopicAct.SET_DATE): lambda topic: topic.meets_on,
    (T, TopicAct.INVITE): lambda topic: topic.meets_on,
    (T, TopicAct.SEND_NOTICE): lambda topic: topic.meets_on,
    (T, TopicAct.SEND_MATERIALS): lambda topic: topic.meets_on,
    (T, TopicAct.ASK_OPINIONS): lambda topic: topic.opinions_until,
    (S, OutcomeAct.SEND): _answer_due,
    (R, ItemAct.ANSWER): lambda item: item.due_on,
    (R, ItemAct.POSTPONE): lambda item: item.due_on,
    (R, ItemAct.NOT_DONE): lambda item: item.due_on,
    (R, ItemAct.URGE): _open_due,
    (R, ItemAct.ASK_AGAIN): lambda item: item.answer_due_on,
    (R, ItemAct.REASSIGN): lambda item: item.answer_due_on,
}
FACTS = {
    "year": lambda plan: plan.year,
    "call_until": lambda plan: _day(plan.call_until),
    "suggested": lambda idea: "您提出" if idea.person_id else "你单位提出",
    "meeting": _meeting,
    "meeting_if_set": _meeting_if_set,
    "meets_on": lambda topic: _day(topic.meets_on),
    "opinions_until": lambda topic: _day(topic.opinions_until),
    "question": lambda topic: topic.question,
    "sent_to": lambda outcome: outcome.sent_to,
    "answer_by": lambda outcome: _day(_answer_due(outcome)),
    "unit": lambda item: item.unit,
    "answer": lambda item: Answer(item.answer).label if item.answer else "请打开查看",
    "promised": _promised,
    "due_on": lambda item: _day(item.due_on),
    "answer_due_on": lambda item: _day(item.answer_due_on),
    "step": lambda item: "答复" if item.state == ItemState.WAITING else "落实",
    "by_due": _by_due,
}
