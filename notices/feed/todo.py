"""The dated rows of 我的待办 as entries of a person's calendar: act and number, never the title."""

from collections.abc import Iterable

from workflow.todo import TodoItem

from .sources import Entry


def dated(items: Iterable[TodoItem]) -> list[Entry]:
    """One for each row that has a date, under a key that stays while the step of the case is the same."""
    return [
        Entry(key=item.key, summary=f"{item.what}：{item.number}", starts=item.due_on, url=item.url, since=item.since)
        for item in items if item.due_on
    ]  # fmt: skip
