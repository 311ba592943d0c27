"""Figures of consultation: each is a named set of rows, counted by township or by month and listed as it was counted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, ExtractMonth

from members.posts import posts_of

from . import rights
from .kinds import Progress, Verdict
from .models import Consensus, Matter, Meeting, Rating, Venue

EVERYWHERE, COUNTY = "", "county"
PEOPLE = F("members") + F("stakeholders") + F("departments") + F("citizens") + F("experts")


@dataclass(frozen=True)
class Base:
    """What is counted: the rows, from them the way to the room, and the field that dates them ("" where none does)."""

    key: str
    rows: Callable[[], QuerySet]
    venue: str
    when: str


@dataclass(frozen=True)
class Figure:
    key: str
    label: str
    base: str
    only: Q = Q()
    weight: object = None

    def aggregate(self):
        condition = self.only or None
        return (
            Coalesce(Sum(self.weight, filter=condition), 0)
            if self.weight is not None
            else Count("pk", filter=condition)
        )


BASES = {
    base.key: base for base in (
        Base("rooms", Venue.objects.all, "", ""),
        Base("matters", Matter.objects.all, "venue__", "received_at"),
        Base("meetings", lambda: Meeting.objects.filter(signed_at__isnull=False), "venue__", "held_on"),
        Base("items", lambda: Consensus.objects.filter(meeting__signed_at__isnull=False), "meeting__venue__",
             "meeting__held_on"),
        Base("ratings", Rating.objects.all, "matter__venue__", "at"),
    )
}  # fmt: skip
FIGURES = (
    Figure("rooms", "议事室", "rooms"),
    Figure("matters", "议题", "matters"),
    Figure("meetings", "协商会", "meetings"),
    Figure("people", "参加人次", "meetings", weight=PEOPLE),
    Figure("consensus", "共识要点", "items"),
    Figure("solved", "已落实", "items", Q(progress=Progress.DONE)),
    Figure("rated", "评价", "ratings"),
    Figure("satisfied", "满意", "ratings", Q(verdict=Verdict.SATISFIED)),
    Figure("fair", "基本满意", "ratings", Q(verdict=Verdict.FAIR)),
    Figure("dissatisfied", "不满意", "ratings", Q(verdict=Verdict.DISSATISFIED)),
)
BY_KEY = {figure.key: figure for figure in FIGURES}


@dataclass(frozen=True)
class Asked:
    """year 0: all years; month 0: all months; township: "" everywhere, "county" the county's rooms, else a unit's id;
    `day`: the rooms that existed on that day, None for today."""

    year: int = 0
    month: int = 0
    township: str = EVERYWHERE
    day: date | None = None


def scope_of(user) -> QuerySet:
    """The rooms this user may count: all for the house and leaders, else one's own and those below."""
    posts = posts_of(user)
    if rights.is_of_the_house(posts) or posts.is_leader:
        return Venue.objects.all()
    return Venue.objects.under(rights.kept(posts))


def population(figure: Figure, scope: QuerySet, asked: Asked) -> QuerySet:
    """The rows behind one number."""
    base = BASES[figure.base]
    return _narrowed(base, scope, asked).filter(figure.only)


def _narrowed(base: Base, scope: QuerySet, asked: Asked) -> QuerySet:
    rows = base.rows().filter(**{f"{base.venue}pk__in": scope.order_by().values("pk")})
    if not base.when:
        rows = rows.open(asked.day)
    if asked.township:
        wanted = None if asked.township == COUNTY else int(asked.township)
        rows = rows.filter(**{f"{base.venue}township": wanted} if wanted else {f"{base.venue}township__isnull": True})
    if base.when and asked.year:
        rows = rows.filter(**{f"{base.when}__year": asked.year})
    if base.when and asked.month:
        rows = rows.filter(**{f"{base.when}__month": asked.month})
    return rows


def total(figure: Figure, scope: QuerySet, asked: Asked) -> int:
    return population(figure, scope, asked).order_by().aggregate(n=figure.aggregate())["n"]


@dataclass
class Tables:
    """The same rows counted twice: by township id (None: the county's rooms) and by month, figure → number."""

    places: dict[int | None, Counter]
    months: dict[int, Counter]


def tables(scope: QuerySet, asked: Asked) -> Tables:
    """One query for each base. What has no date is in no month."""
    found = Tables({}, {})
    for base in BASES.values():
        month = ExtractMonth(base.when) if base.when else Value(0)
        rows = _narrowed(base, scope, asked).order_by().annotate(month_=month).values("month_", f"{base.venue}township")
        for row in rows.annotate(**_figures_of(base)):
            n, place = row.pop("month_"), row.pop(f"{base.venue}township")
            found.places.setdefault(place, Counter()).update(row)
            if n:
                found.months.setdefault(n, Counter()).update(row)
    return found


def _figures_of(base: Base) -> dict:
    """The aliases carry no field's name: `members` is one."""
    return {figure.key: figure.aggregate() for figure in FIGURES if figure.base == base.key}


def share(numbers: dict[str, int]) -> str:
    """满意和基本满意 of all ratings, as the county prints it; "" without ratings."""
    rated = numbers.get("rated", 0)
    return f"{(numbers.get('satisfied', 0) + numbers.get('fair', 0)) * 100 / rated:.1f}%" if rated else ""
