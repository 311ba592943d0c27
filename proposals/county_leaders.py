"""Who leads the county and the committee today, with the post by which papers call them."""

from members.models import Appointment, Member, OrganizationKind, Person, SeatKind
from members.periods import today
from members.posts import CHAIRS


def county() -> dict[int, str]:
    """Person → post (县委书记, 县长 …): whoever holds a post in a body of the kind 县级领导 today."""
    rows = Appointment.objects.on(today()).filter(organization__kind=OrganizationKind.LEADERSHIP)
    rows = rows.select_related("organization").order_by("organization__order", "pk")
    return {row.person_id: row.title or str(row.organization) for row in reversed(rows)}


def committee() -> dict[int, str]:
    """Person → post (县政协主席, 县政协副主席): the seats in office today."""
    rows = Member.objects.in_office(today()).filter(seat_kind__in=CHAIRS)
    return {row.person_id: f"县政协{SeatKind(row.seat_kind).label}" for row in rows}


def everybody() -> dict[int, str]:
    return committee() | county()


def people(titles: dict[int, str]):
    return Person.objects.filter(pk__in=titles).order_by("pinyin", "pk")
