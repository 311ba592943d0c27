"""The people of rooms, found for many at once; and who has a matter in hand."""

from collections import defaultdict
from collections.abc import Iterable

from members.models import Appointment, Post
from members.periods import today

from .kinds import Progress
from .models import Matter, Venue
from .states import State

KEEPER_POSTS = (Post.HEAD, Post.STAFF)
NO_HOST = "政协办公室"


def hosts_of(venues: Iterable[Venue]) -> dict[int, list[str]]:
    """Venue id → names of its hosts in office today; one query."""
    by_body = {venue.organization_id: venue.pk for venue in venues}
    rows = Appointment.objects.on(today()).filter(post=Post.HEAD, organization__in=by_body).order_by("starts", "pk")
    found: dict[int, list[str]] = defaultdict(list)
    for body, name in rows.values_list("organization_id", "person__name"):
        found[by_body[body]].append(name)
    return found


def with_holders(matters: list[Matter]) -> list[Matter]:
    """Each with `holder`: who has to do the next step, in words; "" where nothing is left to do. Two queries."""
    hosts = hosts_of({matter.venue_id: matter.venue for matter in matters}.values())
    units = units_of([matter.pk for matter in matters if matter.state == State.HANDLING])
    for matter in matters:
        matter.holder = _holder(matter, hosts.get(matter.venue_id, []), units.get(matter.pk, []))
    return matters


def units_of(keys: list[int]) -> dict[int, list[str]]:
    """Matter id → who still works on what was agreed."""
    rows = Matter._meta.get_field("items").related_model.objects.filter(matter__in=keys, progress=Progress.RUNNING)
    found: dict[int, list[str]] = defaultdict(list)
    for item in rows.select_related("unit").order_by("matter", "pk") if keys else ():
        if item.who not in found[item.matter_id]:
            found[item.matter_id].append(item.who)
    return found


def _holder(matter: Matter, hosts: list[str], units: list[str]) -> str:
    if matter.state not in State.OPEN:
        return ""
    if matter.state == State.HANDLING and units:
        return "、".join(units)
    if matter.state == State.ANSWERED:
        return "提出人"
    return f"{matter.venue}召集人{'、'.join(hosts)}" if hosts else NO_HOST
