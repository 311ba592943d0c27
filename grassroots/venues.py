"""The people of rooms, found for many at once; and who has a matter in hand."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch, prefetch_related_objects

from members.models import Appointment, Post
from members.periods import today

from .kinds import Progress
from .models import Consensus, Matter, Venue
from .states import State

KEEPER_POSTS = (Post.HEAD, Post.STAFF)
NO_HOST = "政协办公室"


def hosts_of(venues: Iterable[Venue]) -> dict[int, list[str]]:
    """Venue id → names of its hosts in office today, of a room that was merged those in its place; one query."""
    by_body: dict[int, list[int]] = defaultdict(list)
    for venue in venues:
        by_body[venue.organization.successor_id or venue.organization_id].append(venue.pk)
    rows = Appointment.objects.on(today()).filter(post=Post.HEAD, organization__in=by_body).order_by("starts", "pk")
    found: dict[int, list[str]] = defaultdict(list)
    for body, name in rows.values_list("organization_id", "person__name"):
        for venue_id in by_body[body]:
            found[venue_id].append(name)
    return found


def with_holders(matters: list[Matter]) -> list[Matter]:
    """Each with `holder`: who has to do the next step, in words; "" where nothing is left to do. Two queries."""
    hosts = hosts_of({matter.venue_id: matter.venue for matter in matters}.values())
    units = units_of([matter for matter in matters if matter.state == State.HANDLING])
    for matter in matters:
        matter.holder = _holder(matter, hosts.get(matter.venue_id, []), units.get(matter.pk, []))
    return matters


def units_of(matters: list[Matter]) -> dict[int, list[str]]:
    """Matter id → who still works on what was agreed; one query, none for things that were read with the matters."""
    prefetch_related_objects(matters, Prefetch("items", Consensus.objects.select_related("unit").order_by("pk")))
    found: dict[int, list[str]] = {}
    for matter in matters:
        running = [item.who for item in matter.items.all() if item.progress == Progress.RUNNING]
        found[matter.pk] = list(dict.fromkeys(running))
    return found


def _holder(matter: Matter, hosts: list[str], units: list[str]) -> str:
    if matter.state not in State.OPEN:
        return ""
    if matter.state == State.HANDLING and units:
        return "、".join(units)
    if matter.state == State.ANSWERED:
        return "提出人"
    return f"{matter.venue}召集人{'、'.join(hosts)}" if hosts else NO_HOST
