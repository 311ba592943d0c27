"""The figures of the night: one query by category, summed here for the groups and the whole."""

from dataclasses import dataclass, field

from django.db.models import Count, F

from proposals.groups import Group, group_for, groups_of
from proposals.statistics import NO_CATEGORY as UNSORTED

from . import queues

# In the order in which they are shown; the first is the sum of those after 已初审.
SHOWN = ("received", "examined", "submitted", "reviewed", "returned", "filed", "merged", "not_filed", "withdrawn")
BESIDE = ("overdue", "objected")


@dataclass
class Line:
    """A category, a group, or the whole: how many rows each queue holds. `asks` narrows the queue to them."""

    name: str
    asks: dict[str, str]
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*SHOWN, *BESIDE), 0))

    def add(self, counts: dict) -> None:
        for key in self.counts:
            self.counts[key] += counts[key]


@dataclass(frozen=True)
class Figures:
    total: Line
    groups: list[Line]
    categories: list[Line]


def figures(user, session, known_groups: list[Group] | None = None) -> Figures:
    known = queues.populations()
    rows = queues.received(user, session).order_by()
    counted = {key: Count("pk", filter=known[key][1]) for key in (*SHOWN, *BESIDE)}
    rows = rows.values("business_category_id", "business_category__name").annotate(**counted)
    rows = rows.order_by(F("business_category__order").asc(nulls_last=True), "business_category_id")
    return _summed(list(rows), known_groups or groups_of(session))


def _summed(rows: list[dict], groups: list[Group]) -> Figures:
    total = Line("合计", {"group": queues.ALL})
    by_group = {group: Line(group.name, {"group": group.key}) for group in groups}
    categories = []
    for row in rows:
        pk = row["business_category_id"]
        line = Line(row["business_category__name"] or UNSORTED, {"group": queues.ALL, "category": str(pk or 0)})
        categories.append(line)
        for one in (line, total, by_group[group_for(groups, pk)]):
            one.add(row)
    return Figures(total, list(by_group.values()), categories)


def cells(line: Line, desk: queues.Desk) -> list[dict]:
    """Each figure with the address of the rows behind it."""
    return [
        {"key": key, "value": line.counts[key], "href": desk.link(queue=key, **{"category": "", **line.asks})}
        for key in SHOWN
    ]
