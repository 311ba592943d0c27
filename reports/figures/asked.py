"""What is asked of the figures: the time, the conditions, and as of which day."""

from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from .period import Period
from .sight import Reader

CATEGORY, SECTOR, GROUP, UNIT, TOWNSHIP, KIND, MONTH, SUBMITTED = (
    "category", "sector", "group", "unit", "township", "kind", "month", "submitted",
)  # fmt: skip
CONDITIONS = (CATEGORY, SECTOR, GROUP, UNIT, TOWNSHIP, KIND, MONTH, SUBMITTED)
# Months that stand in addresses only: of assignment (a cell of the heat map), of submission (a point of the line).
UNSORTED = -1  # in place of a category: those that have none
MONTHS = {MONTH: "交办月份", SUBMITTED: "提交月份"}


@dataclass(frozen=True)
class Asked:
    """`conditions`: name → value, ids as numbers; `as_of`: as it stood at the end of that day, None for now;
    `entire`: every consultation and every room of 基层协商, whoever reads it: what is signed must not depend on who
    signs."""

    period: Period
    reader: Reader
    conditions: dict = field(default_factory=dict)
    as_of: date | None = None
    entire: bool = False

    def get(self, name: str):
        return self.conditions.get(name)

    @property
    def seats_on(self) -> date:
        """The day on which members in office are counted."""
        return max(self.period.first, min(self.period.seats_on, self.as_of)) if self.as_of else self.period.seats_on

    def without(self, *names: str) -> "Asked":
        return replace(self, conditions={key: one for key, one in self.conditions.items() if key not in names})

    def narrowed(self, **conditions) -> "Asked":
        return replace(self, conditions={**self.conditions, **conditions})

    def for_period(self, period: Period) -> "Asked":
        return replace(self, period=period)

    def query(self, **more) -> str:
        """The same question for an address."""
        asked = {"period": self.period.code, **self.conditions, **more}
        if self.as_of:
            asked["as_of"] = self.as_of.isoformat()
        return urlencode({key: value for key, value in asked.items() if value})
