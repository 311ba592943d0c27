"""Due dates of what a person is to do with reports, for their calendar: act and number, never the title."""

from deadlines import book as books
from notices.feed.sources import Entry

from .todo import todo_for


def entries(user) -> list[Entry]:
    """One for each dated row of 我的待办, under a key that stays while the step of the case is the same."""
    return [
        Entry(
            key=f"{item.process}-{item.object_id}-{item.act or 'work'}", summary=f"{item.what}：{item.number}",
            starts=item.due_on, url=item.url, since=item.since,
        )
        for item in todo_for(user, books.load()) if item.due_on
    ]  # fmt: skip
