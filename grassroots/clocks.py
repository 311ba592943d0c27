"""The steps of a matter that have a date, the rules a new installation starts with, and setting them off."""

from dataclasses import dataclass
from datetime import date

from deadlines import rules, steps
from deadlines.book import NoRule
from deadlines.defaults import REMINDER_FIELDS, VALID_FROM
from deadlines.models import DueRule, Unit
from workflow.errors import Refused
from workflow.transition import Step

SELECT, POST, POSTING, SURVEY = "matter_select", "matter_post", "matter_posting", "matter_survey"
MEETING, MINUTES, ASSIGN, HANDLE = "matter_meeting", "matter_minutes", "matter_assign", "matter_handle"
ANSWER, RATE, REHANDLE = "matter_answer", "matter_rating", "matter_rehandle"


@dataclass(frozen=True)
class Clock:
    """`days`: working days, None where people set the date. `reminders`: as deadlines.defaults.REMINDERS."""

    key: str
    label: str
    counted_from: str
    days: int | None
    reminders: tuple


PRESS = ("3,1,0", 2, None, 5, None)
CLOCKS = (
    Clock(SELECT, "初选议题", "收到议题之日", 5, PRESS),
    Clock(POST, "公示议题", "初选通过之日", 3, PRESS),
    Clock(POSTING, "结束公示", "公示之日", 5, ("0", 3, None, None, None)),
    Clock(SURVEY, "调研议题", "公示结束之日", 15, PRESS),
    Clock(MEETING, "开协商会", "登记调研之日", 15, PRESS),
    Clock(MINUTES, "签发协商纪要", "协商会登记之日", 5, PRESS),
    Clock(ASSIGN, "交办共识要点", "签发纪要之日", 3, PRESS),
    Clock(HANDLE, "落实共识要点", "完成期限由协商纪要写明", None, ("10,5,1,0", 3, 2, 5, None)),
    Clock(ANSWER, "反馈提出人", "全部落实之日", 3, PRESS),
    Clock(RATE, "评价办理结果", "反馈之日", 15, ("5,1", None, None, None, None)),
    Clock(REHANDLE, "重新交办", "评价为不满意之日", 10, PRESS),
)


def register_steps() -> None:
    for clock in CLOCKS:
        steps.register(clock.key, clock.label, clock.counted_from, is_set=clock.days is None)


def fill_empty_tables(*, apps=None, **kwargs) -> None:
    """A rule for each step that has none; what staff changed is left alone. After every `migrate`."""
    if apps is not None and "duerule" not in apps.all_models["deadlines"]:
        return
    known = set(DueRule.objects.filter(step__in=[clock.key for clock in CLOCKS]).values_list("step", flat=True))
    DueRule.objects.bulk_create(_rule(clock) for clock in CLOCKS if clock.key not in known)


def _rule(clock: Clock) -> DueRule:
    return DueRule(
        step=clock.key, amount=clock.days, unit=Unit.SET if clock.days is None else Unit.WORKING_DAYS,
        counted_from=clock.counted_from, valid_from=VALID_FROM, basis="系统默认，可按本县办法修改",
        **dict(zip(REMINDER_FIELDS, clock.reminders, strict=True)),
    )  # fmt: skip


def start(step: Step, key: str, on: date | None = None) -> None:
    """Set off a step; its date is the rule's, or `on` where people set it. Raises Refused."""
    step.write(step=key, step_from=step.day, due_on=on or due_of(key, step.day))


def due_of(key: str, day: date) -> date:
    """When a step is due that begins on that day. Raises Refused where staff left a gap in the rules."""
    try:
        return rules.due(key, day).on
    except NoRule as gap:
        raise Refused(gap.sentence, gap.next_step, code="no_rule") from None


def stop(step: Step) -> None:
    """Nothing is to be done any more."""
    step.write(step="", step_from=None, due_on=None)
