"""Similar matters: whether somebody brought the same before. It advises; nothing is ever refused because of it.

Whoever works on a matter learns of those they may open, and of what was released anywhere; nothing else is told.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from notices import comparing
from search import similar
from search.similar import Kind, Text
from workflow.querysets import roles_on

from .models import Matter, Release
from .states import State

KIND, MOST = "matter", 10


@dataclass(frozen=True)
class Similar:
    """`url`: the matter, or for who may not open it the released text."""

    title: str
    receipt: str
    venue: str
    state: str
    received_at: datetime
    url: str


def register_own() -> None:
    comparing.register(Kind(KIND, rows=rows, mark="changed_at", texts=texts), Matter.process_name)


def rows():
    return Matter.objects.exclude(state=State.OFFLINE)


def texts(ids: Collection[int]) -> dict[int, Text]:
    return _texts(rows().filter(pk__in=ids))


def _texts(found) -> dict[int, Text]:
    """The citizen's own words and the room's."""
    columns = found.order_by("pk").values_list("pk", "title", "text", "public_title", "public_text")
    return {pk: Text(shown or title, f"{title}\n{text}\n{words}") for pk, title, text, shown, words in columns}


def similar_to(user, matter: Matter) -> list[Similar]:
    """Of those the user may learn of the nearest, best first."""
    seen = Matter.objects.visible_to(user).order_by().values("pk")
    released = Release.objects.filter(withdrawn_at=None)
    reach = rows().exclude(pk=matter.pk).filter(Q(pk__in=seen) | Q(pk__in=released.order_by().values("matter")))
    asked = _texts(Matter.objects.filter(pk=matter.pk))[matter.pk]
    matches = similar.closest(KIND, asked, lambda ids: _texts(reach.filter(pk__in=ids)), MOST)
    title = Subquery(released.filter(matter=OuterRef("pk")).values("title")[:1])
    found = reach.filter(pk__in=[match.object_id for match in matches]).with_roles_of(user).for_list()
    by_key = {row.pk: row for row in found.annotate(released_title=title)}
    return [_shown(by_key[match.object_id]) for match in matches if match.object_id in by_key]


def _shown(row: Matter) -> Similar:
    is_open = bool(roles_on(row))
    url = row.get_absolute_url() if is_open else reverse("consult:detail", args=[row.pk])
    title = str(row) if is_open else row.released_title
    return Similar(title, row.receipt, str(row.venue), row.get_state_display(), row.received_at, url)
