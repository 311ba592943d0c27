"""The dates of a topic, by the due rules of staff: what must be out before a meeting is counted back from it."""

from datetime import date

from deadlines import book as books
from deadlines import steps
from deadlines.book import Book
from deadlines.lights import Light, light
from deadlines.models import Unit
from deadlines.rules import NoRule, add_months, due
from deadlines.working_days import ONE_DAY
from members.periods import today
from workflow.errors import Refused

NOTICE, MATERIALS, MINUTES = "consult_notice", "consult_materials", "consult_minutes"
REPORT = "consult_report"
OPINION, ANSWER, MEASURE = "consult_opinion", "consult_answer", "consult_measure"

# step, its label, from what it is counted, amount, unit, and when whom a rule reminds (deadlines.defaults.REMINDERS)
STEPS = (
    (NOTICE, "协商通知", "协商日期往前推", 15, Unit.WORKING_DAYS, ("5,1,0", 2, None, None, 3)),
    (MATERIALS, "会议材料", "协商日期往前推", 10, Unit.WORKING_DAYS, ("5,1,0", 2, None, None, 3)),
    (MINUTES, "会议纪要", "协商会召开之日", 7, Unit.WORKING_DAYS, ("3,1,0", 2, None, None, 5)),
    (REPORT, "报送协商成果", "协商会召开之日", 20, Unit.WORKING_DAYS, ("5,1,0", 2, None, None, 5)),
    (OPINION, "发表协商意见", "征集截止日期由承办专委会确定", None, Unit.SET, ("5,1,0", None, None, None, None)),
    (ANSWER, "答复协商建议", "成果报送之日", 30, Unit.DAYS, ("10,5,1,0", 5, 1, 5, 10)),
    (MEASURE, "落实协商建议", "落实期限由承办单位答复时写明", None, Unit.SET, ("20,5,0", 10, 5, 10, 20)),
)


def register_steps() -> None:
    for key, label, counted_from, amount, _unit, _reminders in STEPS:
        steps.register(key, label, counted_from, is_set=amount is None)


def before(step: str, day: date, book: Book | None = None) -> date:
    """The last day on which the step of a meeting on `day` is in time. Raises Refused where no rule says it."""
    book = book or books.load()
    try:
        rule = book.rule_for(step, day)
    except NoRule as missing:
        raise _refused(missing) from missing
    if rule.unit == Unit.WORKING_DAYS:
        return book.calendar.add_workdays(day, -rule.amount)
    wanted = day - rule.amount * ONE_DAY if rule.unit == Unit.DAYS else add_months(day, -rule.amount)
    return wanted if book.calendar.is_workday(wanted) else book.calendar.add_workdays(wanted, -1)


def after(step: str, day: date, book: Book | None = None) -> date:
    """When the step is due that began on `day`. Raises Refused where no rule says it."""
    try:
        return due(step, day, book=book).on
    except NoRule as missing:
        raise _refused(missing) from missing


def report_due(topic, held_on: date) -> dict:
    """By when the outcome goes out that follows the newest meeting; once one is sent, nothing is due any more."""
    return {} if topic.reported_on else {"report_due_on": after(REPORT, held_on)}


def _refused(missing: NoRule) -> Refused:
    return Refused(missing.sentence, missing.next_step, code="no_rule")


def sign(step: str, started, due_on: date | None, book: Book) -> tuple[str, str]:
    """Colour and word of an open date; two empty texts where there is none. A date that no rule made turns red only."""
    if due_on is None:
        return "", ""
    try:
        shown = light(step, started or due_on, due_on, book=book)
    except NoRule:
        shown = Light.RED if due_on < today() else None
    return (shown.value, shown.label) if shown else ("none", "")
