"""What an organization leaves open among the matters, for its 撤并 (members.succession).

What a unit is still to do becomes the new unit's; what it reported on stays with it. A room's open matters move into
the room of the body in its place; where that has none, into one set up like the old one. Ended matters and signed minutes
stay with the old room and its name: whoever stands in the place of a body sees what it had (members.posts).
"""

from django.db.models import Q

from members.models import Organization
from members.succession import Heir, Succession, of_body, register
from workflow.actors import SYSTEM
from workflow.engine import perform

from .acts import Act
from .kinds import Level
from .models import Consensus, Matter, Venue
from .states import State

# In what a room that is set up in the place of another is like it.
ALIKE = ("kind", "level", "township", "upper", "place", "hours", "about", "takes_matters")


def _in_room(body: Organization):
    """A late complaint opens a matter again in a room that was merged into this one."""
    return Matter.objects.open().filter(of_body("venue__organization", body))


def _items(body: Organization):
    return Consensus.objects.running().filter(unit=body, matter__state__in=State.OPEN)


def _hand_over(succession: Succession) -> None:
    old = succession.old
    keys = Q(pk__in=_in_room(old).order_by().values("pk")) | Q(pk__in=_items(old).order_by().values("matter_id"))
    room = _room(succession)
    for matter in Matter.objects.open().for_acting().filter(keys).order_by("pk"):
        perform(Act.SUCCEED, matter, SYSTEM, {"succession": succession, "room": room})
    _rooms(succession, room)


def _room(succession: Succession) -> Venue | None:
    """Where the matters of the old body's room go on; None for a body that has no room."""
    left = Venue.objects.filter(organization=succession.old).first()
    if left is None:
        return None
    alike = {name: getattr(left, name) for name in ALIKE}
    return Venue.objects.get_or_create(organization=succession.new, defaults=alike)[0]


def _rooms(succession: Succession, room: Venue | None) -> None:
    """The rooms below go on below another; a township's rooms lie in the one that it became part of."""
    Venue.objects.filter(township=succession.old).update(township=succession.new)
    for lower in Venue.objects.filter(upper__organization=succession.old).select_related("upper__upper"):
        lower.upper = room if _may_stand_above(room, lower) else lower.upper.upper
        lower.save(update_fields=["upper"])


def _may_stand_above(room: Venue, lower: Venue) -> bool:
    is_higher = Level(room.level).rank < Level(lower.level).rank
    return is_higher and room.township_id in (None, lower.township_id)


def register_own() -> None:
    matters = {
        "没有落实完的协商共识要点": lambda body: _items(body).count(),
        "没有办结的协商议题": lambda body: _in_room(body).count(),
    }
    register(Heir(matters, _hand_over))
