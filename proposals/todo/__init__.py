"""What waits for a user in proposals: the sources of 我的待办, each one set-based query or two."""

from deadlines import book as books
from deadlines.book import Book
from workflow.todo import TodoItem

from . import committee, extensions, promises, proposers, units

SOURCES = (
    proposers.own_texts,
    proposers.invitations,
    proposers.confirmations,
    proposers.replies,
    committee.queue,
    committee.changes,
    committee.leads,
    committee.second_thoughts,
    committee.handing_out,
    committee.dispatch,
    units.desk,
    units.suggestions,
    extensions.to_reset,
    promises.to_keep,
    promises.to_confirm,
    promises.upgrades,
)


def todo_for(user, book: Book | None = None) -> list[TodoItem]:
    """Everything in proposals that this user is to do now, in no order.

    The number of queries depends on what the user is, never on how much there is to do.
    """
    book = book or books.load()
    return [item for source in SOURCES for item in source(user, book)]
