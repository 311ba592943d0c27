"""What must hold before an act; each refuses with its own sentence."""

from datetime import date, timedelta

from deadlines import calendar
from members.periods import today
from workflow.errors import Refused
from workflow.transition import Step

from .kinds import Level, Progress, Source
from .models import Venue
from .states import State

# How long after its closing a matter that nobody rated can still be rated (docs/decisions/grassroots.md).
LATE = timedelta(days=60)


def is_worded(step: Step) -> None:
    if not step.case.category:
        raise Refused("还没有确定类别。", "请先初选，选好类别和公示的文字。", code="not_worded")


def posting_is_over(step: Step) -> None:
    """公示期 runs to the end of its last day; on that day it may be ended."""
    until = step.case.due_on
    if until is not None and step.day < until:
        raise Refused(
            f"公示到 {until:%Y-%m-%d}，还没有期满。", f"请在 {until:%Y-%m-%d} 当天或以后再结束公示。", code="posting"
        )


def has_items(step: Step) -> None:
    if not step.case.items.all():
        raise Refused(
            "这件议题没有共识要点，没有可以交办的内容。", "请再次协商，或者提交上一级、转为提案。", code="no_items"
        )


def may_urge(step: Step) -> None:
    """Once per working day."""
    last, day = step.case.urged_on, today()
    again = calendar.add_workdays(last, 1) if last else None
    if again and day < again:
        raise Refused("这个工作日已经催办过了。", f"{again:%Y-%m-%d} 起可以再催办一次。", code="urged")
    if not any(item.progress == Progress.RUNNING and item.unit_id for item in step.case.items.all()):
        raise Refused("没有承办单位正在办理的要点。", "由议事室自己落实的，请直接登记进展。", code="nobody_to_urge")


def is_from_citizen(step: Step) -> None:
    if step.case.source != Source.CITIZEN:
        raise Refused("只有群众提出的议题可以代录评价。", "请提出人登录后自己评价。", code="not_from_citizen")


def may_rate_late(step: Step) -> None:
    """A matter that was closed without a rating takes one for a while longer; 不满意 opens it again, as in time."""
    one = step.case
    last = late_until(one)
    if last is None or one.ratings.filter(round=one.round).exists():
        raise Refused("这件议题已经评价过了。", "还有别的问题的，请作为新的议题提交。", code="rated")
    if step.day > last:
        raise Refused(
            f"评价的时间已经过了，逾期补评到 {last:%Y-%m-%d} 为止。",
            "事情还没有解决的，请作为新的议题再提交一次，或者拨打 12345 热线。", code="rating_over",
        )  # fmt: skip


def may_rate_late_for(step: Step) -> None:
    is_from_citizen(step)
    may_rate_late(step)


def late_until(matter) -> date | None:
    """The last day on which a closed matter is still rated; None for one that is not closed."""
    return matter.closed_on + LATE if matter.state == State.CLOSED and matter.closed_on else None


def has_upper(step: Step) -> None:
    venue = step.case.venue
    if venue.upper_id is None:
        raise Refused("本室没有上一级议事室。", "县级议事室可以转为提案或社情民意信息。", code="no_upper")
    if not Venue.objects.open().with_host().filter(pk=venue.upper_id).exists():
        raise Refused(
            "上一级议事室已停用，或者没有召集人。", "请联系政协办公室先明确召集人。", code="upper_without_host"
        )


def has_lower(step: Step) -> None:
    if step.case.venue.level == Level.VILLAGE:
        raise Refused("村级议事室没有下一级。", "请在本室办理，或者提交上一级。", code="no_lower")


def is_taken_on(step: Step) -> None:
    """What was refused and filed: its answer was written to the bringer, not to everybody."""
    if step.case.refusal:
        raise Refused(
            "这件议题没有受理，不能公开。",
            "以前公开过的，公开页面上写明没有受理；不宜再公开的，请办“撤下公开”。",
            code="not_taken",
        )


def is_released(step: Step) -> None:
    if step.case.current_release is None:
        raise Refused("这件议题没有公开。", "不用撤下。", code="not_released")


def is_overdue(step: Step) -> None:
    """Closing without a rating, by date only."""
    if step.case.due_on is None or step.day <= step.case.due_on:
        raise Refused("评价期限还没有过。", "期限过后系统会自动办结。", code="not_due")
