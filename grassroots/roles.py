"""Every relation of a user to a matter: one clause each."""

from django.db import models
from django.db.models import Q

from members.posts import kept_with_posts, posts_of
from workflow.querysets import NEVER

from . import rights
from .states import State

ALWAYS = Q(pk__isnull=False)


class Role(models.TextChoices):
    BRINGER = "bringer", "提出人"
    HOST = "host", "召集人"
    SECRETARY = "secretary", "联络员"
    FORMER = "former", "经过的议事室"
    SUPERIOR = "superior", "上级议事室"
    UNIT = "unit", "责任单位"
    PARTICIPANT = "participant", "参加协商的人"
    HOUSE = "house", "政协机关和专委会"
    LEADER = "leader", "县级领导、政协领导"
    SYSTEM = "system", "系统"


KEEPERS = (Role.HOST, Role.SECRETARY)
# Who reads a matter without being of a room, the house or the leaders: not what is said inside, nor who brought it.
OUTSIDE = frozenset((Role.BRINGER, Role.UNIT, Role.PARTICIPANT))


@kept_with_posts
def matter_clauses(user, model) -> dict[str, Q]:
    """Role → the matters on which the user holds it. A unit sees one once it was handed to it.

    A member for whom it was drafted as a proposal or report reads it as somebody who took part.
    """
    posts = posts_of(user)
    hosted, served, kept, units = (
        rights.hosted(posts), rights.served(posts), rights.kept(posts), rights.units(posts),
    )  # fmt: skip
    return {
        Role.BRINGER: Q(brought_by_id=user.pk) if user.pk else NEVER,
        Role.HOST: Q(venue__organization_id__in=hosted) if hosted else NEVER,
        Role.SECRETARY: Q(venue__organization_id__in=served) if served else NEVER,
        Role.FORMER: Q(pk__in=_stayed(model, kept)) if kept else NEVER,
        Role.SUPERIOR: _below(kept) if kept else NEVER,
        Role.UNIT: Q(state__in=State.WITH_UNITS, pk__in=_handed(model, units)) if units else NEVER,
        Role.PARTICIPANT: _took_part(model, posts.person_id) if posts.person_id else NEVER,
        Role.HOUSE: ALWAYS if rights.is_of_the_house(posts) else NEVER,
        Role.LEADER: ALWAYS if posts.is_leader else NEVER,
    }


def _rows(model, relation: str):
    return model._meta.get_field(relation).related_model._base_manager.order_by()


def _stayed(model, bodies: list[int]):
    rows = _rows(model, "stays").filter(venue__organization_id__in=bodies, until__isnull=False)
    return rows.values("matter_id")


def _below(bodies: list[int]) -> Q:
    return Q(venue__upper__organization_id__in=bodies) | Q(venue__upper__upper__organization_id__in=bodies)


def _handed(model, bodies: list[int]):
    return _rows(model, "items").filter(unit_id__in=bodies).values("matter_id")


def _took_part(model, person_id: int) -> Q:
    handed = _rows(model, "onward").filter(person_id=person_id).values("matter_id")
    return Q(pk__in=_talked(model, person_id)) | Q(pk__in=handed)


def _talked(model, person_id: int):
    meetings = model._meta.get_field("meetings").related_model
    rows = _rows(meetings, "participants").filter(person_id=person_id)
    return rows.values("meeting__matter_id")
