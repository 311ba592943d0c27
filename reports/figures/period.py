"""For which time figures are counted: a session, a calendar year, or any days from one to another."""

from dataclasses import dataclass
from datetime import date, timedelta

from members.models import Session
from members.periods import today

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1950, 2100


@dataclass(frozen=True)
class Period:
    """`code` stands in addresses: 11-4, 2026, or 2026-01-01~2026-03-31. Proposals go by the session where there is one,
    all else by the days; a session's days end where the next session opens."""

    code: str
    name: str
    first: date
    last: date
    session: Session | None = None

    @property
    def titled(self) -> str:
        """As headings say it, so that a year is not taken for that of handing out (承办单位考核)."""
        return self.name if self.session else f"{self.name}（提案按提交日期）"

    @property
    def until(self) -> date:
        """The last day that has come."""
        return max(self.first, min(self.last, today()))

    @property
    def seats_on(self) -> date:
        """The day on which members in office are counted: the session's closing, else the last day."""
        return min(self.session.closes, today()) if self.session else self.until

    @property
    def explained(self) -> str:
        if self.session is None:
            return (
                f"提案按提交日期，统计{_day(self.first)}至{_day(self.last)}（办理情况也是这些提案的）；"
                "台账没有登记提交日期的，按会议闭幕日期归入。"
            )
        return (
            f"提案统计{self.name}的（含平时提案）；社情民意、协商等按日期，"
            f"统计{_day(self.first)}至{_day(self.last)}（到下次会议开幕前）。"
        )


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def of_year(year: int) -> Period:
    return Period(str(year), f"{year}年", date(year, 1, 1), date(year, 12, 31))


def of_days(first: date, last: date) -> Period:
    return Period(f"{first:%Y-%m-%d}~{last:%Y-%m-%d}", f"{_day(first)}至{_day(last)}", first, last)


def of_session(session: Session, sessions: list[Session]) -> Period:
    """`sessions`: all of them, the latest first."""
    later = [one.opens for one in sessions if one.opens > session.opens]
    last = min(later) - ONE_DAY if later else max(today(), date(session.opens.year, 12, 31))
    return Period(session.code, str(session), session.opens, max(last, session.opens), session)


def known_sessions() -> list[Session]:
    return list(Session.objects.select_related("term").order_by("-opens", "-pk"))


def before(period: Period, sessions: list[Session]) -> Period | None:
    """What it is compared with: the session before, the year before, as many days before."""
    if period.session:
        earlier = [one for one in sessions if one.opens < period.session.opens]
        return of_session(earlier[0], sessions) if earlier else None
    if period.code.isdecimal():
        return of_year(period.first.year - 1)
    length = period.last - period.first
    return of_days(period.first - ONE_DAY - length, period.first - ONE_DAY)


def read(code: str, sessions: list[Session]) -> Period | None:
    """The period of a code; None for what is no period."""
    session = next((one for one in sessions if one.code == code), None)
    if session:
        return of_session(session, sessions)
    if code.isascii() and code.isdecimal() and len(code) == 4 and FIRST_YEAR <= int(code) <= LAST_YEAR:
        return of_year(int(code))
    first, mark, last = code.partition("~")
    try:
        days = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    known = days[0].year >= FIRST_YEAR and days[1].year <= LAST_YEAR
    return of_days(*days) if mark and known and days[0] <= days[1] else None
