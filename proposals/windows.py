"""大会提案 or 平时提案: decided by the session's window to the very second (domain §1.3)."""

from datetime import datetime

from members.models import Session
from workflow.errors import Refused

from .kinds import Timing


def session_for_new() -> Session:
    """The session a new draft belongs to. Refused while no session has been set up."""
    session = Session.objects.select_related("term").current()
    if session is None:
        session = Session.objects.select_related("term").order_by("window_opens").first()
    if session is None:
        raise Refused("尚未设置届次，暂不能起草提案。", "请联系提案委工作人员设置届次和征集时间。")
    return session


def timing_at(session: Session, moment: datetime) -> str:
    """大会提案 until the closing hour inclusive; later ones become 平时提案 and are never lost."""
    inside = session.window_opens <= moment <= session.window_closes
    return Timing.PLENARY if inside else Timing.ADJOURNED
