"""How a due date was computed, day by day, in words."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from deadlines import book as books
from deadlines import rules, steps
from deadlines.book import Book
from deadlines.models import Unit
from deadlines.rules import Due
from deadlines.working_days import ONE_DAY, PROVISIONAL, WEEKDAYS, Calendar


@dataclass(frozen=True)
class ExplainedDay:
    """`number` is the how-many-th day of the period; None for a day that does not count."""

    date: datetime.date
    number: int | None
    why: str
    is_due: bool = False

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.date.weekday()]


@dataclass(frozen=True)
class Explanation:
    step_label: str
    kind_label: str
    due: Due
    days: list[ExplainedDay]
    sentences: list[str]
    decided_on: datetime.date | None = None

    @property
    def holds(self) -> datetime.date:
        """The date in force: the decided one, else the rule's."""
        return self.decided_on or self.due.on


def explain(  # noqa: PLR0913
    step: str,
    start: datetime.date | datetime.datetime,
    kind: str = "",
    no_later_than: datetime.date | None = None,
    book: Book | None = None,
    decided_on: datetime.date | None = None,
) -> Explanation:
    """The same answer as `rules.due`, with every day from the start to the due date.

    `decided_on`: the date that was decided in place of the rule's; the rule's is explained as the former one.
    """
    book = book or books.load()
    due = rules.due(step, start, kind, no_later_than, book)
    return Explanation(
        step_label=steps.label(step),
        kind_label=steps.kind_label(due.rule.kind),
        due=due,
        days=_days(due, book.calendar),
        sentences=_sentences(due, book.calendar) + _decided(due, decided_on),
        decided_on=decided_on,
    )


def _decided(due: Due, on: datetime.date | None) -> list[str]:
    if on is None:
        return []
    return [
        f"以上是按规则计算的原期限（{_date(due.on)}）。后来经批准另定为 {_date(on)}，以这个日期为准；何人何时批准见办理记录。"
    ]


def url(
    step: str, start, kind: str = "", no_later_than: datetime.date | None = None,
    decided_on: datetime.date | None = None,
) -> str:  # fmt: skip
    """The address of the page that explains this due date."""
    query = {"step": step, "from": rules.as_date(start).isoformat()}
    if kind:
        query["kind"] = kind
    if no_later_than:
        query["no_later_than"] = no_later_than.isoformat()
    if decided_on:
        query["decided"] = decided_on.isoformat()
    return f"{reverse('deadlines:explain')}?{urlencode(query)}"


def _days(due: Due, calendar: Calendar) -> list[ExplainedDay]:
    days = [ExplainedDay(due.start, None, f"{due.rule.counted_from}，当日不计入", due.on == due.start)]
    number, day = 0, due.start
    while day < due.on:
        day += ONE_DAY
        counts, why = _judge(due, day, calendar)
        number += counts
        days.append(ExplainedDay(day, number if counts else None, why, day == due.on))
    return days


def _judge(due: Due, day: datetime.date, calendar: Calendar) -> tuple[bool, str]:
    """Whether the day belongs to the period, and the words beside it."""
    reason = calendar.reason(day)
    if due.rule.unit == Unit.WORKING_DAYS:
        works = calendar.is_workday(day)
        return works, reason if works else f"{reason}，不计入"
    if day > due.counted_to:
        return False, f"{reason}，顺延到这一天" if day == due.on else f"{reason}，继续顺延"
    if day == due.counted_to and due.moved:
        return True, f"{reason}，期满日是休息日，顺延"
    return True, reason


def _sentences(due: Due, calendar: Calendar) -> list[str]:
    rule = due.rule
    sentences = [
        f"期限为 {rule.words}，从{rule.counted_from}（{_date(due.start)}）起算，起算当日不计入。",
        _counting(due),
    ]
    if due.moved:
        why = calendar.reason(due.counted_to)
        sentences.append(
            f"期满日 {_date(due.counted_to)} 是休息日（{why}），按《民法典》第二百零三条顺延到下一个工作日。"
        )
    if due.capped:
        sentences.append(f"按以上计算会超过最晚日期，以最晚日期 {_date(due.on)} 为准，不再顺延。")
    if due.provisional:
        sentences.append(f"这段时间里有国务院尚未公布放假安排的年度，{PROVISIONAL}；公布后会重新计算。")
    sentences.append(f"到期日是 {_date(due.on)}（{WEEKDAYS[due.on.weekday()]}），当天 24 时前办完都不算逾期。")
    return sentences


def _counting(due: Due) -> str:
    match due.rule.unit:
        case Unit.WORKING_DAYS:
            return "只数工作日：周末和放假的日子不计入，调休上班的周末计入。"
        case Unit.DAYS:
            return "按日历连续计算，周末和放假的日子也计入。"
        case _:
            return "按月计算：到期月的同一天期满；那个月没有这一天的，月末最后一天期满。"


def _date(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
