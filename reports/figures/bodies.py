"""各界别、各委员组: every sector and member group beside the others, by the same conditions as the lists behind them.

Three queries, whatever the number of bodies: the proposals, the seats that tell whose they are, the members.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, F, Q, Value, When
from django.db.models.functions import Coalesce

from members.models import Member, Organization
from members.models.organization import OrganizationKind
from proposals.statistics import IS_FILED

from . import as_of, bases
from .asked import GROUP, SECTOR, Asked
from .registry import by_key
from .table import PART, WHOLE, rows_url

KINDS = {
    OrganizationKind.SECTOR: ("各界别", SECTOR), OrganizationKind.COUNTY_GROUP: ("各县直委员组", GROUP),
    OrganizationKind.TOWNSHIP_GROUP: ("各乡镇（街道）联络组", GROUP),
}  # fmt: skip
# (head, figure, which of its two numbers)
COLUMNS = (
    ("收到", "received", PART), ("立案", "filed", PART), ("在任委员", "participation_rate", WHOLE),
    ("参与提案", "participation_rate", PART), ("没有履职记录", "idle_members", PART),
)  # fmt: skip
OF_MEMBERS = {"whole_": Q(), "part_": bases.TAKES_PART, "idle_": bases.NOT_DONE}


@dataclass(frozen=True)
class Table:
    """Lines of (body, cells); a cell is (head, number, address), the number None where it cannot be asked this way."""

    title: str
    lines: list[tuple[Organization, list[tuple[str, int | None, str]]]]


def tables(asked: Asked) -> list[Table]:
    """One for each kind of body that there is, ended ones only with a number."""
    asked = asked.without(SECTOR, GROUP)
    found = {**_proposals(asked), **_members(asked)}
    grouped = defaultdict(list)
    for body in Organization.objects.of_kind(*KINDS):
        numbers = [found.get((key, place)) for _head, key, place in COLUMNS]
        counts = [None if one is None else one.get(body.pk, 0) for one in numbers]
        if any(counts) or body.ends is None:
            grouped[body.kind].append((body, _cells(counts, asked.narrowed(**{KINDS[body.kind][1]: body.pk}))))
    return [Table(title, grouped[kind]) for kind, (title, _name) in KINDS.items() if grouped[kind]]


def _cells(counts: list, asked: Asked) -> list[tuple[str, int | None, str]]:
    figures = by_key()
    return [
        (head, count, rows_url(figures[key], place, asked) if count else "")
        for (head, key, place), count in zip(COLUMNS, counts, strict=True)
    ]


def _proposals(asked: Asked) -> dict:
    """(figure, place) → number by body. A proposal counts once in each body to which it belongs."""
    filed = as_of.then(IS_FILED) if asked.as_of else IS_FILED
    rows = bases.proposals(asked)
    is_filed = Case(When(filed, then=Value(True)), default=Value(False), output_field=BooleanField())
    known = {
        pk: (body, flag)
        for pk, body, flag in rows.annotate(filed_=is_filed).values_list("pk", "organization_id", "filed_")
    }
    belongs = {(pk, body) for pk, (body, _flag) in known.items() if body}
    for pk, *bodies in _seats(rows):
        belongs |= {(pk, body) for body in bodies if body}
    received, filed = defaultdict(int), defaultdict(int)
    for pk, body in belongs:
        received[body] += 1
        filed[body] += known[pk][1]
    return {("received", PART): received, ("filed", PART): filed}


def _seats(rows):
    """(proposal, sector, group) of the seats that the first proposers held when they submitted, as bases.py asks it."""
    day = Coalesce(F("person__proposals__submitted_at__date"), F("person__proposals__session__closes"))
    valid = Q(from_ledger=True) | (Q(ends__isnull=True) | Q(ends__gte=day)) & Q(starts__lte=day)
    seats = Member.objects.filter(
        valid, person__proposals__in=rows.values("pk"), term_id=F("person__proposals__session__term_id")
    )
    return seats.order_by().values_list("person__proposals", SECTOR, GROUP)


def _members(asked: Asked) -> dict:
    """Nothing where members cannot be narrowed by what is asked (a category, a unit)."""
    if not by_key()["idle_members"].fits(asked):
        return {}
    rows = bases.members(asked).values(SECTOR, GROUP).annotate(
        **{name: Count("pk", filter=only or None) for name, only in OF_MEMBERS.items()}
    )  # fmt: skip
    found = {name: defaultdict(int) for name in OF_MEMBERS}
    for row in rows:
        for name in OF_MEMBERS:
            for body in filter(None, (row[SECTOR], row[GROUP])):
                found[name][body] += row[name]
    return {
        ("participation_rate", WHOLE): found["whole_"], ("participation_rate", PART): found["part_"],
        ("idle_members", PART): found["idle_"],
    }  # fmt: skip
