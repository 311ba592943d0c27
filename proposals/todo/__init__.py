"""What waits for a user in proposals: the sources of 我的待办, each one set-based query or two."""

from collections.abc import Iterator

from deadlines import book as books
from deadlines.book import Book
from workflow.asking import Asked, answers
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
    committee.returns_elsewhere,
    units.desk,
    units.suggestions,
    extensions.to_reset,
    promises.to_keep,
    promises.to_confirm,
    promises.upgrades,
)


def asked(user, book: Book) -> Iterator[Asked]:
    """Where something may wait for this user. What the user is decides which are asked, what there is which are read."""
    return (question for source in SOURCES for question in source(user, book))


def todo_for(user, book: Book | None = None) -> list[TodoItem]:
    """Everything in proposals that this user is to do now, in no order."""
    return list(answers(asked(user, book or books.load())))
