"""From the audiences of an announcement to accounts: sets of people, never one by one."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from members.models import Appointment, Member, Organization, OrganizationKind, Person, Post
from members.periods import today
from members.posts import ADMIN_POSTS, CHAIRS

from .kinds import People
from .models import Announcement
from .rights import Reach, reach_of

NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Audience:
    """`users`: the accounts that are told. `unreachable`: people meant who have no account."""

    users: QuerySet
    unreachable: QuerySet


def audience_of(announcement: Announcement) -> Audience:
    """Whom the announcement is for, by the posts and seats of today and within the reach of its issuer."""
    accounts = get_user_model().objects.filter(is_active=True)
    reach = reach_of(announcement.issuer)
    if announcement.for_everybody and reach.is_open:
        return Audience(accounts, Person.objects.none())
    meant = _people(announcement, reach)
    people = Person.objects.filter(meant)
    missing = people.filter(~Exists(accounts.filter(person=OuterRef("pk"))))
    return Audience(accounts.filter(person__in=people.order_by().values("pk")), missing)


def _people(announcement: Announcement, reach: Reach) -> Q:
    clauses = [_of_kind(kind, reach) for kind in announcement.people if kind in reach.kinds_of_people]
    clauses += [_in_bodies(announcement, reach), _by_name(announcement, reach)]
    return reduce(or_, clauses, NOBODY)


def _of_kind(kind: str, reach: Reach) -> Q:
    posts, members = Appointment.objects.on(today()), Member.objects.in_office(today())
    if kind == People.MEMBERS:
        return _are(members)
    if kind == People.OPERATORS:
        return _are(_in_units(posts.filter(post=Post.OPERATOR), reach))
    if kind == People.UNIT_LEADERS:
        return _are(_in_units(posts.filter(post=Post.UNIT_LEADER), reach))
    if kind == People.DISPATCH:
        return _are(posts.filter(organization__kind=OrganizationKind.DISPATCH, post__in=ADMIN_POSTS))
    if kind == People.STAFF:
        house = (OrganizationKind.COMMITTEE, OrganizationKind.OFFICE)
        return _are(posts.filter(organization__kind__in=house, post__in=ADMIN_POSTS))
    leaders = posts.filter(organization__kind=OrganizationKind.LEADERSHIP)
    return _are(leaders) | _are(members.filter(seat_kind__in=CHAIRS))


def _in_units(posts, reach: Reach):
    units = Organization.objects.units() if reach.is_open else reach.units
    return posts.in_place_of(units.order_by().values("pk"))


def _in_bodies(announcement: Announcement, reach: Reach) -> Q:
    """Whoever holds a post in one of the bodies, or in the one that stands in its place, or sits in the sector or group."""
    bodies = announcement.organizations.order_by()
    bodies = bodies if reach.is_open else bodies.filter(pk__in=reach.units.order_by().values("pk"))
    keys = list(bodies.values_list("pk", flat=True))
    if not keys:
        return NOBODY
    seats = Member.objects.in_office(today()).filter(Q(sector__in=keys) | Q(group__in=keys))
    return _are(Appointment.objects.on(today()).in_place_of(keys)) | _are(seats)


def _by_name(announcement: Announcement, reach: Reach) -> Q:
    named = announcement.persons.through._base_manager.filter(announcement=announcement)
    chosen = Q(pk__in=named.values("person_id"))
    return chosen if reach.is_open else chosen & people_within(reach)


def people_within(reach: Reach) -> Q:
    """The people whom a body with this reach may choose by name."""
    if reach.is_open:
        return Q(pk__isnull=False)
    return _are(Appointment.objects.on(today()).in_place_of(reach.units.order_by().values("pk")))


def _are(rows) -> Q:
    return Q(pk__in=rows.order_by().values("person_id"))
