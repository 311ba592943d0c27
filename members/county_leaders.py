"""Who leads the county and the committee today, with the post by which papers call them."""

from django.db.models import OuterRef, Q, Subquery

from members.models import Appointment, Member, OrganizationKind, Person, SeatKind
from members.periods import today
from members.posts import CHAIRS


def county():
    """Whoever holds a post in a body of the kind 县级领导 today."""
    return _titled().filter(body__isnull=False)


def committee():
    """The committee's 主席 and 副主席 in office."""
    return _titled().filter(seat__isnull=False)


def everybody():
    return _titled().filter(Q(body__isnull=False) | Q(seat__isnull=False))


def title_of(person: Person) -> str:
    """县长, 县政协副主席; of somebody read by one of the above, otherwise one query."""
    if not hasattr(person, "seat"):
        person = everybody().filter(pk=person.pk).first()
        if person is None:
            return ""
    return person.post_title or person.body or f"县政协{SeatKind(person.seat).label}"


def named(person: Person) -> str:
    return f"{title_of(person)} {person}"


def _titled():
    posts = Appointment.objects.on(today()).filter(
        person=OuterRef("pk"), organization__kind=OrganizationKind.LEADERSHIP
    )
    posts = posts.order_by("organization__order", "pk")
    seats = Member.objects.in_office(today()).filter(person=OuterRef("pk"), seat_kind__in=CHAIRS)
    return Person.objects.annotate(
        post_title=Subquery(posts.values("title")[:1]), body=Subquery(posts.values("organization__name")[:1]),
        seat=Subquery(seats.values("seat_kind")[:1]),
    ).order_by("pinyin", "pk")  # fmt: skip
