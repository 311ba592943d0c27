"""For which time a unit is assessed: a calendar year of assignment, or a session."""

from dataclasses import dataclass

from django.db.models import Q

from members.models import Session
from members.periods import today
from proposals.models import Assignment


@dataclass(frozen=True)
class Period:
    """`code` stands in addresses: 2026, or 11-4 for a session."""

    code: str
    name: str
    year: int
    where: Q

    @property
    def titled(self) -> str:
        """As headings say it: the figures' year is that of submission, this one of handing out."""
        return self.name if "-" in self.code else f"{self.name}（按交办日期）"

    @property
    def explained(self) -> str:
        if "-" in self.code:
            return f"统计{self.name}的提案中交各单位办理的件。"
        return f"统计{self.name}交办的件；台账没有登记交办日期的，按答复、提交日期或会议闭幕日期归入年度。统计页面的年度按提交日期，两页的件数可以不同。"


def of_year(year: int) -> Period:
    return Period(str(year), f"{year}年", year, Q(assigned_at__year=year))


def of_session(session: Session) -> Period:
    return Period(session.code, str(session), session.opens.year, Q(proposal__session_id=session.pk))


def choices() -> dict[str, Period]:
    """Every year in which something was handed out, and every session; the latest first. Two queries."""
    years = [day.year for day in Assignment.objects.order_by().datetimes("assigned_at", "year", order="DESC")]
    sessions = Session.objects.select_related("term")
    found = [*map(of_year, years or [today().year]), *map(of_session, sessions)]
    return {period.code: period for period in found}
