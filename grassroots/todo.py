"""What waits for a person: hosts and secretaries of rooms, units, bringers. A fixed number of queries."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from deadlines.book import Book, NoRule
from deadlines.lights import Light, light
from members.models import Appointment, Post
from members.periods import today
from members.posts import posts_of
from workflow.asking import Asked, answers
from workflow.querysets import NEVER
from workflow.todo import TodoItem

from . import rights
from .acts import Act
from .kinds import Progress
from .models import Consensus, Matter
from .releasing import outdated
from .roles import Role
from .states import State as M
from .venues import KEEPER_POSTS

# What a room does next, by state.
NEXT = {
    M.WAITING: ("初选协商议题", Act.SELECT), M.SELECTED: ("公示协商议题", Act.POST),
    M.POSTED: ("结束公示，开始调研", Act.END_POSTING), M.SURVEYING: ("登记调研", Act.RECORD_SURVEY),
    M.CONVENING: ("开协商会", Act.RECORD_MEETING), M.MINUTES: ("签发协商纪要", Act.SIGN_MINUTES),
    M.AGREED: ("交办共识要点", Act.ASSIGN), M.DONE: ("反馈提出人", Act.ANSWER),
}  # fmt: skip
HOSTS_ONLY = (M.WAITING, M.SELECTED, M.MINUTES, M.AGREED)


def todo_for(user, book: Book) -> list[TodoItem]:
    return list(answers(asked(user, book)))


def asked(user, book: Book) -> Iterator[Asked]:
    posts = posts_of(user)
    if not rights.has_to_do_with_it(posts):
        return
    rows = Matter.objects.for_acting().filter(_waiting(user, posts)).annotate(
        is_own=_flag(Q(brought_by_id=user.pk)), is_units=_flag(_units(posts))
    )  # fmt: skip
    yield Asked(rows.order_by("due_on", "pk"), lambda rows: [_item(row, book) for row in rows])
    if rights.hosted(posts) or rights.is_of_the_house(posts):
        rows = outdated().select_related("venue__organization").filter(_decided(user, posts))
        yield Asked(rows.order_by("pk"), lambda rows: [_to_update(row) for row in rows])


def _flag(clause: Q):
    return Exists(Matter.objects.filter(clause, pk=OuterRef("pk")))


def _waiting(user, posts) -> Q:
    clauses = Matter.role_clauses(user)
    work = Q(state__in=(*NEXT, M.POSTED)) & ~Q(state=M.POSTED, due_on__gt=today())
    wanted = clauses[Role.HOST] & work
    wanted |= clauses[Role.SECRETARY] & work & ~Q(state__in=HOSTS_ONLY)
    wanted |= Q(state=M.ANSWERED, brought_by_id=user.pk) | _units(posts)
    wanted |= (clauses[Role.HOST] | clauses[Role.SECRETARY]) & _own_items()
    if rights.is_of_the_house(posts):
        wanted |= work & ~_here(Post.HEAD)
        wanted |= _own_items() & ~_here(*KEEPER_POSTS)
    return wanted


def _here(*posts: str):
    """Whether somebody holds such a post today in the matter's room, or in the body into which that was merged."""
    room = OuterRef("venue__organization")
    here = Q(organization=room) | Q(organization__predecessors=room)
    return Exists(Appointment.objects.on(today()).filter(here, post__in=posts))


def _decided(user, posts) -> Q:
    """What this person decides as the host, or for a room that has none."""
    hosted = Matter.role_clauses(user)[Role.HOST]
    return hosted | ~_here(Post.HEAD) if rights.is_of_the_house(posts) else hosted


def _own_items() -> Q:
    """What no unit answers for: the room reports on it."""
    running = Consensus.objects.filter(progress=Progress.RUNNING, unit=None)
    return Q(state=M.HANDLING, pk__in=running.order_by().values("matter_id"))


def _units(posts) -> Q:
    bodies = rights.units(posts)
    if not bodies:
        return NEVER
    running = Consensus.objects.filter(progress=Progress.RUNNING, unit__in=bodies)
    return Q(state=M.HANDLING, pk__in=running.order_by().values("matter_id"))


def _item(row: Matter, book: Book) -> TodoItem:
    if row.state == M.ANSWERED:
        what, act = "评价办理结果", Act.RATE
    elif row.state == M.HANDLING:
        what, act = "报告落实进展", Act.REPORT
    else:
        what, act = NEXT[row.state]
    colour, word = sign_of(row, book)
    return TodoItem(
        process=row.process_name, object_id=row.pk, number=row.receipt, title=str(row), what=what,
        url=reverse("grassroots:act", args=[row.pk, act]), case_url=row.get_absolute_url(), act=str(act),
        waiting="" if row.is_own else "提出人", since=row.received_at, due_on=row.due_on, colour=colour, word=word,
    )  # fmt: skip


def _to_update(row: Matter) -> TodoItem:
    """The public reads an older text than there is; nothing is released without somebody looking at it."""
    return TodoItem(
        process=row.process_name, object_id=row.pk, number=row.receipt, title=str(row), what="公开的内容要更新",
        url=reverse("grassroots:act", args=[row.pk, Act.RELEASE]), case_url=row.get_absolute_url(), act=str(Act.RELEASE),
        waiting="公众", since=row.told_since,
    )  # fmt: skip


def sign_of(row: Matter, book: Book) -> tuple[str, str]:
    """Colour and word of the light; a date of no rule only turns red."""
    if row.due_on is None:
        return "", ""
    try:
        found = light(row.step, row.step_from or row.due_on, row.due_on, book=book)
    except NoRule:
        found = Light.RED if row.due_on < today() else None
    return (found.value, found.label) if found else ("none", "")
