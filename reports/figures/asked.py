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
MONTHS = {MONTH: "交办月份", SUBMITTED: "提交月份"}


@dataclass(frozen=True)
class Asked:
    """`conditions`: name → value, ids as numbers; `as_of`: as it stood at the end of that day, None for now."""

    period: Period
    reader: Reader
    conditions: dict = field(default_factory=dict)
    as_of: date | None = None

    def get(self, name: str):
        return self.conditions.get(name)

    def without(self, *names: str) -> "Asked":
        return replace(self, conditions={key: one for key, one in self.conditions.items() if key not in names})

    def for_period(self, period: Period) -> "Asked":
        return replace(self, period=period)

    def query(self, **more) -> str:
        """The same question for an address."""
        asked = {"period": self.period.code, **self.conditions, **more}
        if self.as_of:
            asked["as_of"] = self.as_of.isoformat()
        return urlencode({key: value for key, value in asked.items() if value})
