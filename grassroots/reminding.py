"""The due dates of matters, for notices.reminders: who has to act now is reminded."""

from collections.abc import Iterator

from members.everybody import Everybody
from members.models import Post
from members.posts import Posts, posts_of
from notices.reminders.sources import Audience, DueRow, Window
from workflow.asking import Asked, answers

from . import rights
from .clocks import HANDLE, RATE
from .models import Consensus, Matter
from .states import State as M

KEEPERS = (Post.HEAD, Post.STAFF)


def due_rows(window: Window) -> Iterator[DueRow]:
    return answers(asked(window))


def asked(window: Window) -> Iterator[Asked]:
    rows = Matter.objects.open().filter(due_on__lte=window.until).exclude(state=M.HANDLING)
    yield Asked(rows.for_acting().order_by("pk"), lambda rows: _steps(rows, window.people))
    rows = Consensus.objects.running().filter(matter__state=M.HANDLING, due_on__lte=window.until)
    yield Asked(rows.select_related("matter__venue").order_by("pk"), lambda rows: _items(rows, window.people))


def _steps(rows, people: Everybody) -> Iterator[DueRow]:
    house = people.who(_is_of_the_office)
    for row in rows:
        yield _row(row, row.pk, row.step, row.due_on, row.step_from, _people(row, people, house))


def _is_of_the_office(posts: Posts) -> bool:
    return any(held.kind == "office" for held in posts.held) and rights.is_of_the_house(posts)


def _people(row: Matter, people: Everybody, house: set[int]) -> dict:
    """A late room is told to its upper room and the office."""
    if row.step == RATE:
        return {Audience.HOLDER: {row.brought_by_id} - {None}}
    upper = row.venue.upper.organization_id if row.venue.upper_id else None
    hosts = people.at(row.venue.organization_id, *KEEPERS) or house
    return {Audience.HOLDER: hosts, Audience.DISPATCH: people.at(upper, Post.HEAD) or house}


def _items(rows, people: Everybody) -> Iterator[DueRow]:
    for item in rows:
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
