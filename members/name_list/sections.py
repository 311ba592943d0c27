"""The seats of a list under their headings."""

from dataclasses import dataclass, field
from itertools import groupby

from members.models import Appointment, Member, OrganizationKind, Post

from .wanted import By, Order, Wanted

KEYS = {Order.STROKES: "person__stroke_key", Order.PINYIN: "person__pinyin"}
WITHOUT = {By.SECTOR: "未登记界别", By.GROUP: "未编组"}


@dataclass
class Section:
    """`title` is empty for a list without headings. `committees`: person → where they serve, 、 between."""

    title: str
    seats: list[Member]
    committees: dict[int, str] = field(default_factory=dict)


def read(wanted: Wanted) -> list[Section]:
    """The sections in the order of their organizations, each sorted as wanted. Two queries."""
    seats = list(_seats(wanted))
    served = _committees(wanted, seats)
    if wanted.by == By.NONE:
        return [Section("", seats, served)] if seats else []
    grouped = groupby(seats, lambda seat: getattr(seat, wanted.by))
    return [Section(str(body or WITHOUT[wanted.by]), list(group), served) for body, group in grouped]


def _seats(wanted: Wanted):
    heads = [] if wanted.by == By.NONE else [f"{wanted.by}__order", f"{wanted.by}__pinyin", f"{wanted.by}_id"]
    rows = Member.objects.in_office(wanted.day).for_list()
    rows = rows.filter(term=wanted.term, seat_kind__in=wanted.scope.seats)
    return rows.order_by(*heads, KEYS[wanted.order], "person_id")


def _committees(wanted: Wanted, seats: list[Member]) -> dict[int, str]:
    people = [seat.person_id for seat in seats]
    rows = Appointment.objects.on(wanted.day).filter(
        person__in=people, post__in=(Post.MEMBER, Post.HEAD), organization__kind=OrganizationKind.COMMITTEE
    )
    served: dict[int, list[str]] = {}
    for row in rows.select_related("organization"):
        served.setdefault(row.person_id, []).append(f"{row.organization}{row.title or row.get_post_display()}")
    return {person: "、".join(words) for person, words in served.items()}
