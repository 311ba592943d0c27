"""What has become of a matter, as one reader may see it: said once for its page and for the API."""

from django.db.models import Prefetch, prefetch_related_objects

from .kinds import Progress
from .models import Consensus, Matter
from .roles import OUTSIDE
from .states import State

RATED = (State.AGREED, State.CLOSED, State.ARCHIVED)
ITEM_TONES = {Progress.RUNNING: "info", Progress.DONE: "success", Progress.IMPOSSIBLE: "warning"}


def with_items(matter: Matter) -> Matter:
    """With the things agreed and what was reported on them."""
    rows = Consensus.objects.select_related("unit", "meeting").prefetch_related("notes").order_by("pk")
    prefetch_related_objects([matter], Prefetch("items", rows))
    return matter


def record(matter: Matter, roles: frozenset[str]) -> dict:
    """Meetings, things agreed with what was reported, ratings, rooms it was in. A minute not signed is the room's."""
    inside = bool(roles - OUTSIDE)
    meetings = matter.meetings.prefetch_related("participants__person")
    meetings = meetings if inside else meetings.filter(signed_at__isnull=False)
    items = [item for item in matter.items.all() if inside or item.meeting.signed_at]
    for item in items:
        item.tone = ITEM_TONES[item.progress]
    return {
        "inside": inside, "meetings": list(meetings), "items": items,
        "ratings": list(matter.ratings.all()) if matter.state in RATED or matter.round > 1 else [],
        "stays": list(matter.stays.select_related("venue__organization")) if inside else [],
        "release": matter.current_release,
        "onward": getattr(matter, "onward", None) if matter.state in ("moved", "archived") else None,
    }  # fmt: skip
