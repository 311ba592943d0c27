"""The dates of consultation for one's calendar: what one has to do, and the meetings of one's rooms."""

from collections.abc import Iterator
from datetime import timedelta

from deadlines import book as books
from notices.feed.sources import Entry
from workflow.querysets import NEVER

from .models import Matter
from .roles import KEEPERS, Role
from .states import State
from .todo import todo_for

LONG = timedelta(hours=2)


def entries_for(user) -> Iterator[Entry]:
    """The act and the number, never a title."""
    for item in todo_for(user, books.load()):
        if item.due_on:
            key = f"matter:{item.object_id}:{item.act}"
            yield Entry(key, f"{item.what}：{item.number}", item.due_on, url=item.case_url, since=item.since)
    clauses = Matter.role_clauses(user)
    mine = NEVER
    for role in (*KEEPERS, Role.BRINGER):
        mine |= clauses[role]
    for matter in Matter.objects.filter(mine, state=State.CONVENING, meeting_at__isnull=False).order_by("pk"):
        yield Entry(
            f"matter:{matter.pk}:meeting", f"协商会：{matter.receipt}", matter.meeting_at, matter.meeting_at + LONG,
            matter.get_absolute_url(),
        )  # fmt: skip
