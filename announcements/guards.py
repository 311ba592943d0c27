"""What must hold before an act; each refuses with its own sentence."""

from deadlines import calendar
from members.periods import today
from workflow.errors import Refused
from workflow.transition import Step

from .rights import reach_of


def is_complete(step: Step) -> None:
    one = step.case
    missing = [
        name for name, there in (("标题", one.title), ("正文", one.body), ("发给谁", _is_addressed(one))) if not there
    ]
    if missing:
        raise Refused(f"还没有填写：{'、'.join(missing)}。", "请回到“修改”补上后再发布。", code="incomplete")
    if one.is_over:
        raise Refused(f"有效期 {one.expires_on:%Y-%m-%d} 已经过了。", "请改一个今天以后的日期，或者留空。", code="over")


def _is_addressed(one) -> bool:
    if one.for_everybody and reach_of(one.issuer).is_open:
        return True
    return bool(one.people) or one.organizations.exists() or one.persons.exists()


def may_remind(step: Step) -> None:
    """Once per working day; a reminder on a Friday counts until Monday."""
    one, day = step.case, today()
    if one.is_over:
        raise Refused("这份通知公告已经过了有效期。", "不用再提醒；确有需要的，请另发一份。", code="over")
    again = calendar.add_workdays(one.reminded_on, 1) if one.reminded_on else None
    if again and day < again:
        raise Refused("这个工作日已经提醒过了。", f"{again:%Y-%m-%d} 起可以再提醒一次。", code="reminded")
    if not one.recipients.to_remind(getattr(step.actor, "pk", None)).exists():
        done = "签收" if one.receipt_required else "阅读"
        raise Refused(f"能收到提醒的人都已{done}。", "不用再提醒。", code="all_read")


def is_not_over(step: Step) -> None:
    if step.case.is_over:
        raise Refused("这份通知公告已经过了有效期。", "请另发一份。", code="over")
