"""Figures of a year's consultations, as aggregates over what the reader sees; each leads down to its rows.

转化率 = (采纳 + 部分采纳) ÷ 已报送成果的全部建议; 落实率 = 已落实 ÷ (采纳 + 部分采纳). Both are printed with their numbers.
"""

from dataclasses import dataclass

from django.db.models import Count, Q

from .kinds import Answer
from .models import Instruction, Outcome, Recommendation, Topic
from .states import ItemState, OutcomeState, TopicState

ADOPTED = Q(answer__in=(Answer.ADOPTED, Answer.PARTLY))


@dataclass(frozen=True)
class Share:
    """A share with what it was computed of; `percent` is None where there is nothing to divide by."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return round(self.part * 100 / self.whole, 1) if self.whole else None

    @property
    def words(self) -> str:
        return (
            f"{self.part} ÷ {self.whole} = {self.percent}%" if self.whole else f"{self.part} ÷ {self.whole}，没有可算的"
        )


@dataclass(frozen=True)
class Figures:
    year: int
    topics: dict[str, int]
    items: dict[str, int]
    outcomes: int
    instructed: int  # of the outcomes, however many 批示 one has

    @property
    def converted(self) -> Share:
        return Share(self.items["adopted"] + self.items["partly"], self.items["all"])

    @property
    def fulfilled(self) -> Share:
        return Share(self.items["done"], self.items["adopted"] + self.items["partly"])


def figures(user, year: int) -> Figures:
    """Of the topics of the year that the user sees; four queries."""
    topics = Topic.objects.visible_to(user).issued().filter(year=year)
    states = dict(topics.order_by().values_list("state").annotate(n=Count("pk")))
    outcomes = Outcome.objects.visible_to(user).filter(topic__year=year, state=OutcomeState.SENT)
    instructed = outcomes.filter(pk__in=Instruction.objects.valid().order_by().values("outcome"))
    return Figures(year, _topics(states), count_items(items_of(user, year)), outcomes.count(), instructed.count())


def items_of(user, year: int, until: int | None = None):
    """Of the topics of the year, or of the years up to `until`, that the user sees; without a user of all."""
    rows = Recommendation.objects.visible_to(user) if user else Recommendation.objects.all()
    return rows.sent().filter(topic__year__range=(year, until or year))


def count_items(rows) -> dict[str, int]:
    return rows.aggregate(
        all=Count("pk"), adopted=Count("pk", filter=Q(answer=Answer.ADOPTED)),
        partly=Count("pk", filter=Q(answer=Answer.PARTLY)), declined=Count("pk", filter=Q(answer=Answer.DECLINED)),
        waiting=Count("pk", filter=Q(answer="")), done=Count("pk", filter=Q(state=ItemState.DONE)),
    )  # fmt: skip


def _topics(states: dict[str, int]) -> dict[str, int]:
    over = sum(states.get(state, 0) for state in TopicState.MET)
    return {
        "all": sum(states.values()), "held": over, "tracking": states.get(TopicState.TRACKING, 0),
        "closed": states.get(TopicState.CLOSED, 0), "cancelled": states.get(TopicState.CANCELLED, 0),
    }  # fmt: skip


def by_unit(user, year: int) -> list[dict]:
    """Each unit with what was asked of it and what became of that."""
    return _broken_down(items_of(user, year), "unit__name", "unit_id")


def by_kind(user, year: int) -> list[dict]:
    return _broken_down(items_of(user, year), "topic__kind__name", "topic__kind_id")


def _broken_down(rows, name: str, key: str) -> list[dict]:
    found = rows.order_by().values(name, key).annotate(
        all=Count("pk"), adopted=Count("pk", filter=ADOPTED), done=Count("pk", filter=Q(state=ItemState.DONE)),
        waiting=Count("pk", filter=Q(answer="")),
    )  # fmt: skip
    lines = [
        {"name": row[name], "key": row[key], "all": row["all"], "adopted": row["adopted"], "done": row["done"], "waiting": row["waiting"],
         "share": Share(row["adopted"], row["all"])}
        for row in found
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (-line["all"], line["name"]))


def years(user) -> list[int]:
    """The years with topics that the user sees, the newest first."""
    seen = Topic.objects.visible_to(user).issued().order_by().values_list("year").annotate(n=Count("pk"))
    return sorted((year for year, _count in seen), reverse=True)
