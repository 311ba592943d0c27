"""Due dates of what a person is to do with reports, for their calendar."""

from deadlines import book as books
from notices.feed.sources import Entry
from notices.feed.todo import dated

from .todo import todo_for


def entries(user) -> list[Entry]:
    return dated(todo_for(user, books.load()))
