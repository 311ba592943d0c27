"""Where a report stands: who has it now and until when, and the colour of its light."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from deadlines.book import Book, NoRule
from deadlines.lights import light, remaining

from . import clocks
from .kinds import Urgency
from .models import OpinionReport, Transfer
from .states import State, TransferState

HOLDERS = {
    State.SUBMITTED: ("信息编辑", "编辑"), State.EDITING: ("信息编辑", "编辑"), State.REVIEWING: ("机关负责人", "审核"),
    State.REVIEWED: ("分管领导", "签发"), State.SIGNED: ("信息编辑", "编发"), State.RETURNED: ("反映人", "修改后重新提交"),
    State.COMBINED: ("信息编辑", "随综合稿编发"),
}  # fmt: skip


@dataclass(frozen=True)
class Sign:
    colour: str
    word: str
    due: date | None

    @property
    def days(self) -> int:
        return (self.due - timezone.localdate()).days


@dataclass(frozen=True)
class Standing:
    """`over` replaces the sentence when nobody has it any more."""

    holder: str = ""
    doing: str = ""
    until: str = ""
    sign: Sign | None = None
    over: str = ""


def sign_of(report: OpinionReport, book: Book) -> Sign | None:
    """The light of the target; None for what has none."""
    if report.due_on is None or report.state not in State.UNDER_WAY:
        return None
    return _sign(clocks.HANDLE, report.waits_since, report.due_on, report.urgency, book)


def part_sign(part: Transfer, urgency: str, book: Book) -> Sign | None:
    if part.state == TransferState.AWAITING_SIGN and part.sign_due_on:
        return _sign(clocks.SIGN, part.assigned_at, part.sign_due_on, urgency, book)
    if part.state == TransferState.HANDLING and part.due_on:
        return _sign(clocks.REPLY, part.assigned_at, part.due_on, urgency, book)
    return None


def _sign(step: str, start, due: date, kind: str, book: Book) -> Sign | None:
    try:
        return Sign(light(step, start, due, kind=kind, book=book).value, remaining(due), due)
    except NoRule:
        return None


def standing(report: OpinionReport, parts: list[Transfer], book: Book) -> Standing:
    if report.state in HOLDERS:
        holder, doing = HOLDERS[report.state]
        return Standing(holder, doing, _until(report), sign_of(report, book))
    return Standing(over=_over(report, parts))


def _until(report: OpinionReport) -> str:
    if report.target_at is None or report.state not in State.UNDER_WAY:
        return ""
    at = timezone.localtime(report.target_at)
    hour = f" {at:%H:%M}" if report.urgency == Urgency.PRESSING else ""
    return f"{at.year}年{at.month}月{at.day}日{hour}前"


def _over(report: OpinionReport, parts: list[Transfer]) -> str:
    working = [str(part.unit) for part in parts if part.state in TransferState.OPEN]
    also = f"，{'、'.join(working)}正在办理" if working else ""
    if report.state == State.ISSUED:
        return f"已编入《社情民意》{report.issue}{also}"
    if report.state == State.TRANSFERRED:
        answered = any(part.state == TransferState.FED_BACK for part in parts)
        ended = "已转办，单位办理情况已反馈" if answered else "转办已收回，由信息工作人员另行处理"
        return f"已转办{also}" if working else ended
    return {State.DRAFT: "草稿，还没有提交", State.OFFLINE: "已转线下渠道办理"}.get(
        report.state, f"已{report.get_state_display().removeprefix('已')}"
    )
