"""Until when a report is to be dealt with, and a unit is to sign and to answer.

特急 is counted by the hour from the moment it came in, holidays or not; everything else as the due rules say.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from deadlines import book as books
from deadlines import rules
from deadlines.book import Book, NoRule
from deadlines.models import Unit

HANDLE, SIGN, REPLY = "opinion_handle", "opinion_sign", "opinion_reply"
STEPS = (
    (HANDLE, "处理社情民意", "提交之时（特急从提交时起按小时计算）"),
    (SIGN, "签收转办的社情民意", "转办之日"),
    (REPLY, "答复转办的社情民意", "转办之日"),
)


def target(urgency: str, at: datetime, book: Book | None = None) -> datetime | None:
    """The last moment for 编发, 留存, 转办 or 退回; None while staff have left a gap in the rules."""
    book = book or books.load()
    try:
        rule = book.rule_for(HANDLE, rules.as_date(at), urgency)
    except NoRule:
        return None
    if rule.unit == Unit.DAYS:
        return at + timedelta(days=rule.amount)
    return rules.due(HANDLE, at, urgency, book=book).last_moment


def due_on(moment: datetime | None):
    return timezone.localdate(moment) if moment else None


def unit_dates(urgency: str, at: datetime, book: Book | None = None) -> dict:
    """The fields of a unit's part that say until when."""
    book = book or books.load()
    return {"sign_due_on": _on(SIGN, urgency, at, book), "due_on": _on(REPLY, urgency, at, book)}


def _on(step: str, urgency: str, at: datetime, book: Book):
    try:
        return rules.due(step, at, urgency, book=book).on
    except NoRule:
        return None
