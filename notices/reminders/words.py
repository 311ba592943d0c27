"""What a reminder says: the step, the case's number and the days left. Never a title or a text."""

import datetime

from deadlines import steps
from deadlines.lights import remaining
from notices.kinds import ESCALATION, REMINDER

from .sources import Audience

LINES = 10
HEADS = {REMINDER: "【到期提醒】", ESCALATION: "【逾期告知】"}


def kind_of(reminder) -> str:
    return REMINDER if reminder.audience == Audience.HOLDER else ESCALATION


def subject(kind: str, reminders: list, today: datetime.date) -> str:
    """It travels by mail: one item with its number, several as a count."""
    if len(reminders) == 1:
        return HEADS[kind] + line(reminders[0], today)
    late = sum(one.due_on < today for one in reminders)
    counted = f"{len(reminders)} 件事项" + (f"，其中 {late} 件已逾期" if late and kind == REMINDER else "")
    return HEADS[kind] + (counted if kind == REMINDER else f"{len(reminders)} 件事项逾期未办，请督促")


def body(kind: str, reminders: list, today: datetime.date) -> str:
    """Up to ten lines; the page of the message lists all."""
    lines = [line(one, today) for one in reminders[:LINES]]
    if (more := len(reminders) - LINES) > 0:
        lines.append(f"还有 {more} 件，请打开这条消息查看全部。")
    if kind == ESCALATION:
        lines.insert(0, "下列事项已超过期限还没有办，请您督促。")
    return "\n".join(lines)


def facts(reminders: list, today: datetime.date) -> dict[str, str]:
    """What the texts that staff edit may put in: of several items their number, and the first date."""
    first, count = reminders[0], len(reminders)
    return {
        "act": steps.label(first.step) if count == 1 else "到期事项",
        "number": first.number if count == 1 else f"{count} 件事项",
        "due": _date(first.due_on, today),
    }


def line(reminder, today: datetime.date) -> str:
    left = remaining(reminder.due_on, today)
    return f"{steps.label(reminder.step)}：{reminder.number}，{left}（期限{_date(reminder.due_on, today)}）"


def _date(on: datetime.date, today: datetime.date) -> str:
    year = "" if on.year == today.year else f"{on.year}年"
    return f"{year}{on.month}月{on.day}日"
