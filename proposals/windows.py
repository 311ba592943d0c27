"""大会提案 or 平时提案: decided by the session's window to the very second (domain §1.3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from members.models import Session
from workflow.errors import Refused

from .kinds import Timing


def known_session() -> Session | None:
    """The session whose window opened last, or else the first that will; None while there is none."""
    sessions = Session.objects.select_related("term")
    return sessions.current() or sessions.order_by("window_opens").first()


def session_for_new() -> Session:
    """The session a new draft belongs to. Refused while no session has been set up."""
    session = known_session()
    if session is None:
        raise Refused("尚未设置届次，暂不能起草提案。", "请联系提案委工作人员设置届次和征集时间。")
    return session


def timing_at(session: Session, moment: datetime) -> str:
    """大会提案 until the closing hour inclusive; later ones become 平时提案 and are never lost."""
    inside = session.window_opens <= moment <= session.window_closes
    return Timing.PLENARY if inside else Timing.ADJOURNED


@dataclass(frozen=True)
class Countdown:
    """How long the session still takes 大会提案, in words that stand by themselves without a script."""

    session: Session
    closes: datetime
    now: datetime

    @property
    def is_over(self) -> bool:
        return self.now > self.closes

    @property
    def is_near(self) -> bool:
        return not self.is_over and self.closes - self.now <= timedelta(days=1)

    @property
    def until(self) -> str:
        """4 月 22 日 14:00; the seconds only where there are any."""
        at = timezone.localtime(self.closes)
        seconds = f":{at:%S}" if at.second else ""
        return f"{at.month} 月 {at.day} 日 {at:%H:%M}{seconds}"

    @property
    def words(self) -> str:
        """还有 2 天 3 小时，4 月 22 日 14:00 截止."""
        return f"{left_words(self.closes - self.now)}，{self.until} 截止"

    @property
    def after(self) -> str:
        return f"大会提案已于 {self.until} 截止，现在提交的是平时提案，同样审查、立案和办理。"


def left_words(left: timedelta) -> str:
    """The two largest units that matter; static/js/countdown.js says it in the same words."""
    minutes = int(left.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"还有 {days} 天" + (f" {hours} 小时" if hours else "")
    if minutes >= 60:
        rest = minutes % 60
        return f"还有 {hours} 小时" + (f" {rest} 分钟" if rest else "")
    return f"还有 {minutes} 分钟" if minutes else "还有不到 1 分钟"


def countdown(session: Session | None) -> Countdown | None:
    """None while no session has been set up."""
    return Countdown(session, session.window_closes, timezone.now()) if session else None
