"""The due dates of proposals, for notices.reminders: each kind one set-based query.

Who is told follows the roles of the case (roles.py) and what 我的待办 asks of whom (todo/): the one who has to act now is
reminded, not everybody who sees the case. Closed, withdrawn, recalled and offline cases give no rows.
"""

from collections.abc import Iterator

from members.models import Post
from members.posts import posts_of
from notices.reminders.sources import DueRow, Window
from workflow.asking import Asked, answers

from . import cosigners, promises, shares, texts


def due_rows(window: Window) -> Iterator[DueRow]:
    return answers(asked(window))


def asked(window: Window) -> Iterator[Asked]:
    yield shares.asked(window)
    yield cosigners.to_rate(window)
    if window.with_private:
        yield cosigners.invited(window)
    yield texts.asked(window)
    yield promises.commitments(window)
    yield promises.demands(window)


def sees_all(user) -> bool:
    """提案委 sees every case that was submitted (roles.py)."""
    return posts_of(user).in_proposal_committee(Post.STAFF, Post.HEAD, Post.REVIEWER)
