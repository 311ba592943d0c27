"""The due dates of matters, for notices.reminders: who has to act now is reminded."""

from collections import defaultdict
from collections.abc import Iterator

from members.models import Post
from members.posts import everybodys_posts, posts_of
from notices.reminders.sources import Audience, DueRow, Window

from . import rights
from .clocks import HANDLE, RATE
from .models import Consensus, Matter
from .states import State as M

KEEPERS = (Post.HEAD, Post.STAFF)


class People:
    """Ids of users by body and post, read once."""

    def __init__(self):
        self._at: dict[tuple, set[int]] = defaultdict(set)
        self.house: set[int] = set()
        for user_id, posts in everybodys_posts().items():
            for held in posts.held:
                self._at[held.organization_id, held.post].add(user_id)
            if any(held.kind == "office" for held in posts.held) and rights.is_of_the_house(posts):
                self.house.add(user_id)

    def at(self, body: int | None, *posts: str) -> set[int]:
        return set().union(*(self._at.get((body, post), ()) for post in posts))


def due_rows(window: Window) -> Iterator[DueRow]:
    people = People()
    yield from _steps(window, people)
    yield from _items(window, people)


def _steps(window: Window, people: People) -> Iterator[DueRow]:
    rows = Matter.objects.open().filter(due_on__lte=window.until).exclude(state=M.HANDLING)
    for row in rows.for_acting().order_by("pk"):
        yield _row(row, row.pk, row.step, row.due_on, row.step_from, _people(row, people))


def _people(row: Matter, people: People) -> dict:
    """A late room is told to its upper room and the office."""
    if row.step == RATE:
        return {Audience.HOLDER: {row.brought_by_id} - {None}}
    upper = row.venue.upper.organization_id if row.venue.upper_id else None
    hosts = people.at(row.venue.organization_id, *KEEPERS) or people.house
    return {Audience.HOLDER: hosts, Audience.DISPATCH: people.at(upper, Post.HEAD) or people.house}


def _items(window: Window, people: People) -> Iterator[DueRow]:
    rows = Consensus.objects.running().filter(matter__state=M.HANDLING, due_on__lte=window.until)
    for item in rows.select_related("matter__venue").order_by("pk"):
        room, matter = item.matter.venue.organization_id, item.matter
        told = {
            Audience.HOLDER: people.at(item.unit_id, Post.OPERATOR) if item.unit_id else people.at(room, *KEEPERS),
            Audience.UNIT_LEADER: people.at(item.unit_id, Post.UNIT_LEADER),
            Audience.DISPATCH: people.at(room, *KEEPERS),
        }
        yield _row(matter, item.pk, HANDLE, item.due_on, matter.step_from, told, kind="consensus")


def _row(matter: Matter, pk: int, step: str, due_on, start, people: dict, kind: str = "matter") -> DueRow:  # noqa: PLR0913
    return DueRow(
        case_kind=kind, case_id=pk, step=step, due_on=due_on, started_on=start or due_on, number=matter.receipt,
        url=matter.get_absolute_url(), people=people,
    )  # fmt: skip


def sees_all(user) -> bool:
    return rights.sees_all(posts_of(user))
