"""What a citizen is told of a matter, in plain words: every step it took, and what comes next."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from members.periods import today

from . import guards
from .acts import Act
from .kinds import ADVICE, Came, Refusal, Source, Verdict
from .models import Matter
from .states import State as M

# What comes next, by state; {who} has it in hand, {by} is the date.
NEXT = {
    M.WAITING: "{who}正在看您反映的事，{by}前告诉您是否受理。",
    M.SELECTED: "已经受理，{by}前公示。",
    M.POSTED: "正在公示，听取大家意见，公示到 {by}。",
    M.SURVEYING: "正在实地调研，{by}前完成。",
    M.CONVENING: "准备开协商会，{by}前召开。",
    M.MINUTES: "协商会开过了，正在整理纪要，{by}前签发。",
    M.AGREED: "商定的事项{by}前交给责任单位办理。",
    M.HANDLING: "正在由{who}落实，最近的完成期限是 {by}。",
    M.DONE: "{who}正在核对办理情况，{by}前告诉您结果。",
    M.ANSWERED: "办理结果在下面，请您在 {by} 前评价。",
}
PUBLIC_STATE = {
    M.POSTED: "公示中", M.SURVEYING: "调研中", M.CONVENING: "准备协商", M.MINUTES: "协商会已召开", M.AGREED: "待交办",
    M.HANDLING: "正在落实", M.DONE: "待反馈", M.ANSWERED: "已反馈", M.CLOSED: "已办结", M.ARCHIVED: "已办结",
    M.SELECTED: "已受理，待公示", M.DECLINED: "未受理",
}  # fmt: skip
# A matter that was released and went to another room: how it stands, and what happens next.
ELSEWHERE = {
    Came.UP: ("已提交上一级", "这件议题已提交上一级，由{room}决定是否受理。"),
    Came.DOWN: ("已转下级", "这件议题已转给下级，由{room}决定是否受理。"),
    Came.MERGED: ("待受理", "原来的议事室撤并，这件议题由{room}决定是否受理。"),
}
TOLD = {
    Act.BRING: "议事室收到了您的议题。", Act.SELECT: "经过初选，决定受理。", Act.DECLINE: "不予受理。",
    Act.RECONSIDER: "重新考虑您的议题。", Act.POST: "开始公示。", Act.END_POSTING: "公示结束，开始调研。",
    Act.RECORD_SURVEY: "完成调研。", Act.CALL: "定下了开协商会的时间。", Act.RECORD_MEETING: "开了协商会。",
    Act.SIGN_MINUTES: "签发了协商会纪要。", Act.ASSIGN: "交给责任单位办理。", Act.REPORT: "责任单位报告了进展。",
    Act.EXTEND: "调整了办理期限。", Act.ANSWER: "向您反馈办理结果。", Act.RATE: "您作了评价。",
    Act.RATE_FOR: "议事室记录了您的评价。", Act.CLOSE_UNRATED: "评价期限已过，办结。", Act.CONSULT_AGAIN: "决定再次协商。",
    Act.PASS_UP: "提交上一级议事室。", Act.PASS_DOWN: "转给下级议事室办理。", Act.MOVE_ON: "转给政协委员继续推动。",
    Act.GO_OFFLINE: "转线下办理。", Act.ARCHIVE: "归档。",
    Act.SUCCEED: "原来的机构撤并，由接续的机构办理。",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One step: when, and what happened."""

    on: date
    words: str


@dataclass(frozen=True)
class Account:
    """What stands on the query page."""

    now: str
    steps: list[Told]
    items: list = field(default_factory=list)
    answer: str = ""
    may_rate: bool = False


def account_of(matter: Matter, events) -> Account:
    """`events` are the matter's own, oldest first; nothing that was written inside is told. `matter.holder` is read."""
    steps = [Told(event.happened_at, TOLD[event.act]) for event in events if event.act in TOLD]
    agreed = matter.state in (*M.WITH_UNITS, M.AGREED)
    items = list(matter.items.select_related("unit").with_is_reported().order_by("pk")) if agreed else []
    return Account(now_of(matter), steps, items, matter.answer, matter.state == M.ANSWERED or is_rated_late(matter))


def is_rated_late(matter: Matter) -> bool:
    """Whether a matter that was closed without a rating still takes one."""
    last = guards.late_until(matter)
    return last is not None and today() <= last and not matter.ratings.filter(round=matter.round).exists()


def now_of(matter: Matter) -> str:
    """What comes next, by whom and until when; of an ended matter how it ended."""
    if matter.state == M.CONVENING and matter.meeting_at:
        return _meeting(matter)
    if matter.state in NEXT:
        by = f"{matter.due_on.year}年{matter.due_on.month}月{matter.due_on.day}日"
        return NEXT[matter.state].format(who=matter.holder, by=by)
    if matter.state == M.OFFLINE:
        return "这件事已转线下办理，请向议事室询问。"
    if matter.refusal:
        return f"这件事没有受理。原因：{Refusal(matter.refusal).label}。"
    if row := onward_of(matter):
        return f"已转给政协委员，作为{row.get_way_display()}继续推动。"
    return _ending(matter)


def _meeting(matter: Matter) -> str:
    """Hour and place, so that whoever brought it can come."""
    at = timezone.localtime(matter.meeting_at)
    told = f"协商会定于{at.year}年{at.month}月{at.day}日 {at:%H:%M} 在{matter.meeting_place}召开"
    return f"{told}，欢迎您到场。" if matter.meeting_at > timezone.now() else f"{told}，结果由议事室登记后告诉您。"


def public_state(matter: Matter, came: str) -> str:
    """How far it is, for everybody; what was filed says how it ended. `came`: how it came to the room where it is."""
    if onward_of(matter):
        return "已转请政协委员推动"
    if matter.state == M.WAITING:
        return ELSEWHERE.get(came, ELSEWHERE[Came.UP])[0]
    return PUBLIC_STATE[M.DECLINED if matter.refusal else matter.state]


def public_note(matter: Matter, came: str) -> str:
    """What became of a released matter that left the room which released it, in fixed words: what was written to
    the bringer, or said inside, is not for everybody. "" for all others."""
    room = matter.venue
    if row := onward_of(matter):
        return f"已转请政协委员继续推动（{row.get_way_display()}），由委员修改后自己提交。"
    if matter.refusal:
        why = Refusal(matter.refusal)
        return f"{room}没有受理这件议题。原因：{why.label}。{ADVICE[why]}"
    if matter.state == M.WAITING:
        return ELSEWHERE.get(came, ELSEWHERE[Came.UP])[1].format(room=room)
    return f"{room}已经受理，将另行公示。" if matter.state == M.SELECTED else ""


def onward_of(matter: Matter):
    """Into what it went on, None for a matter that came to its end in the room."""
    return getattr(matter, "onward", None)


def _ending(matter: Matter) -> str:
    last = matter.ratings.order_by("-round").first()
    if is_rated_late(matter):
        day = guards.late_until(matter)
        return f"评价的时间过了，这件事已经办结。{day.year}年{day.month}月{day.day}日以前还可以补评价。"
    if last is None or last.verdict == Verdict.DISSATISFIED:
        return "这件事已经办结。"
    whose = "您的评价" if matter.source == Source.CITIZEN else "提出人的评价"
    return f"这件事已经办结，{whose}是“{last.get_verdict_display()}”。"
