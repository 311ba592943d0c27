"""承办单位 × 月: how many shares each unit was given in each month, and how many of a unit's it answered; one query."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from .asked import Asked
from .registry import by_key


@dataclass(frozen=True)
class Row:
    """A unit with its number in each month (of `months`) and in all."""

    unit_id: int
    name: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Heat:
    months: list[str]
    rows: list[Row]

    @property
    def most(self) -> int:
        return max((count for row in self.rows for count in row.counts.values()), default=0)

    @property
    def counts(self) -> Counter:
        """Of each month, all units together."""
        return sum((Counter(row.counts) for row in self.rows), Counter())

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)


def heat(asked: Asked) -> Heat:
    """The unit with the most first; months from the first in which something was handed out to the last."""
    rows = by_key()["shares"].part.rows(asked).annotate(month_=TruncMonth("assigned_at"))
    counted = rows.values("unit_id", "unit__name", "unit__short_name", "month_").annotate(n=Count("pk"))
    units, months = defaultdict(dict), set()
    for one in counted:
        name = one["unit__short_name"] or one["unit__name"]
        units[one["unit_id"], name][month_code(one["month_"])] = one["n"]
        months.add(month_code(one["month_"]))
    lines = [Row(pk, name, counts) for (pk, name), counts in units.items()]
    return Heat(months_between(months), sorted(lines, key=lambda row: (-row.total, row.name, row.unit_id)))


def month_code(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m}"


def months_between(months: set[str]) -> list[str]:
    """Every month from the first to the last; over more than two years those alone in which there is something."""
    if not months:
        return []
    day, last, found = date.fromisoformat(f"{min(months)}-01"), max(months), []
    while (code := f"{day:%Y-%m}") <= last:
        found.append(code)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return found if len(found) <= 24 else sorted(months)
