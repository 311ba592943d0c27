"""The due dates of proposals, for notices.reminders: each kind one set-based query.

Who is told follows the roles of the case (roles.py) and what 我的待办 asks of whom (todo/): the one who has to act now is
reminded, not everybody who sees the case. Closed, withdrawn, recalled and offline cases give no rows.
"""

from collections.abc import Iterator

from members.models import Post
from members.posts import posts_of
from notices.reminders.sources import DueRow, Window

from . import cosigners, promises, shares, texts
from .people import People


def due_rows(window: Window) -> Iterator[DueRow]:
    people = People()
    yield from shares.rows(window, people)
    yield from cosigners.to_rate(window, people)
    if window.with_private:
        yield from cosigners.invited(window, people)
    yield from texts.rows(window, people)
    yield from promises.commitments(window, people)
    yield from promises.demands(window, people)


def sees_all(user) -> bool:
    """提案委 sees every case that was submitted (roles.py)."""
    return posts_of(user).in_proposal_committee(Post.STAFF, Post.HEAD, Post.REVIEWER)
