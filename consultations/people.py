"""Accounts by what they have to do with a topic, as sets of today."""

from django.contrib.auth import get_user_model
from django.db.models import Q

from members.models import Appointment, Member, OrganizationKind, Person, Post
from members.periods import today
from members.posts import CHAIRS, dispatch_systems_for

from .models import Idea, Meeting, Opinion, Recommendation, Speech, Survey, Topic
from .roles import WORKING
from .states import OpinionState, OutcomeState


def accounts_of(people):
    """Ids of the open accounts of these persons (a query of keys, or a list)."""
    return (
        get_user_model().objects.filter(is_active=True, person__in=people).order_by("pk").values_list("pk", flat=True)
    )


def holding(bodies, *posts: str):
    """Persons who hold one of the posts in these bodies, or in those that stand in their place."""
    return Appointment.objects.on(today()).in_place_of(bodies).filter(post__in=posts).order_by().values("person")


def of_units(units):
    """Who works on what a unit is asked, and who answers for it there."""
    return holding(units, Post.OPERATOR, Post.UNIT_LEADER)


def in_house():
    kinds = (OrganizationKind.COMMITTEE, OrganizationKind.OFFICE)
    return (
        Appointment.objects.on(today())
        .filter(organization__kind__in=kinds, post__in=WORKING)
        .order_by()
        .values("person")
    )


def office():
    rows = Appointment.objects.on(today()).filter(organization__kind=OrganizationKind.OFFICE, post__in=WORKING)
    return rows.order_by().values("person")


def members():
    return Member.objects.in_office(today()).order_by().values("person")


def chairs():
    return Member.objects.in_office(today()).filter(seat_kind__in=CHAIRS).order_by().values("person")


def operators():
    return Appointment.objects.on(today()).filter(post=Post.OPERATOR).order_by().values("person")


def leaders():
    rows = Appointment.objects.on(today()).filter(organization__kind=OrganizationKind.LEADERSHIP)
    return rows.order_by().values("person")


def lead_of(topic: Topic):
    return holding([topic.lead_id], *WORKING)


def partners(topic: Topic):
    return of_units(topic.units.order_by().values("pk"))


def asked_units(topics: list[int]):
    rows = Recommendation.objects.filter(topic__in=topics, outcome__state=OutcomeState.SENT)
    return of_units(rows.order_by().values("unit"))


def dispatch_for(units):
    """Heads and staff of the offices that answer for units of these systems."""
    systems = set().union(*(dispatch_systems_for(unit.system) for unit in units)) if units else set()
    rows = Appointment.objects.on(today()).filter(organization__kind=OrganizationKind.DISPATCH, post__in=WORKING)
    return rows.filter(organization__system__in=systems).order_by().values("person")


def participants(topic: Topic):
    return topic.participants.order_by().values("person")


def involved(topic: Topic) -> Q:
    """Everybody who took part: invited, in the field, in writing, at the meeting, the one who suggested it, the units."""
    surveys = Survey.team.through.objects.filter(survey__topic=topic).values("person")
    present = Meeting.present.through.objects.filter(meeting__topic=topic).values("person")
    spoke = Speech.objects.filter(meeting__topic=topic, person__isnull=False).order_by().values("person")
    wrote = Opinion.objects.filter(topic=topic, state=OpinionState.SUBMITTED).order_by().values("person")
    suggested = Idea.objects.filter(topic=topic, person__isnull=False).order_by().values("person")
    found = Q(pk__in=participants(topic))
    for rows in (surveys, present, spoke, wrote, suggested, partners(topic), asked_units([topic.pk])):
        found |= Q(pk__in=rows)
    return found


def involved_people(topic: Topic):
    return Person.objects.filter(involved(topic))
