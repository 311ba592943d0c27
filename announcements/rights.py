"""Who may write announcements, and whom an issuing body may address. Said here and nowhere else.

Heads and staff of the special committees, of the 政协办公室 and of the dispatch offices write in the name of their
body. A committee and the office address whom they like; a dispatch office the people of the units it answers for.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from members.models import Organization, OrganizationKind, Post
from members.periods import today
from members.posts import DISPATCHED, Posts

from .kinds import OF_UNITS, People

ISSUING = (OrganizationKind.COMMITTEE, OrganizationKind.OFFICE, OrganizationKind.DISPATCH)
WRITERS = (Post.HEAD, Post.STAFF)


def issuing_bodies(posts: Posts) -> list[int]:
    """The ids of the bodies in whose name this person writes."""
    return [pk for kind in ISSUING for pk in posts.organizations(*WRITERS, kind=kind)]


def may_write(posts: Posts) -> bool:
    return bool(issuing_bodies(posts))


def bodies_of(posts: Posts) -> QuerySet[Organization]:
    """The same, as rows of today."""
    return Organization.objects.on(today()).filter(pk__in=issuing_bodies(posts))


@dataclass(frozen=True)
class Reach:
    """Whom a body may address: `units` is None for everybody, else the units whose people it reaches."""

    units: QuerySet[Organization] | None

    @property
    def is_open(self) -> bool:
        return self.units is None

    @property
    def kinds_of_people(self) -> tuple[People, ...]:
        return tuple(People) if self.is_open else OF_UNITS


def reach_of(issuer: Organization) -> Reach:
    if issuer.kind != OrganizationKind.DISPATCH:
        return Reach(None)
    units, systems = Organization.objects.units(), DISPATCHED.get(issuer.system, {""})
    return Reach(units if "" in systems else units.filter(system__in=systems))
