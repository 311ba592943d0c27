"""What must hold before a unit gets more time (design §6 办, §8)."""

from django.utils.formats import date_format

from workflow.errors import Refused
from workflow.transition import Step

from . import guards
from .extensions import is_asking, latest, past_ceiling, was_granted
from .models import Assignment


def may_ask(step: Step) -> None:
    """Once, before the date is over, in the first round, and as long as six months leave room."""
    share = step.case
    guards.is_answering(step)
    _first_round(share)
    if was_granted(share):
        raise Refused("本次交办已经同意延期一次，不能再延。", "请按延期后的期限答复。", code="extended")
    if is_asking(share):
        raise Refused("延期申请已提交，正在等交办机构决定。", "决定之前请照常办理。", code="extension_open")
    _in_time(share, step)


def _first_round(share: Assignment) -> None:
    if share.round > 1:
        raise Refused("再次办理的期限不能延期。", "请在期限内再次答复。", code="later_round")


def _in_time(share: Assignment, step: Step) -> None:
    if share.due_on is None:
        raise Refused("这件交办没有登记办理期限。", "请联系提案委核对台账。", code="no_due_date")
    if step.day > share.due_on:
        raise Refused(
            f"办理期限 {date_format(share.due_on)} 已过，不能再申请延期。",
            "请尽快答复，并向交办机构说明情况。",
            code="extension_late",
        )
    if share.due_on >= latest(share):
        raise Refused(
            f"现在的期限已到首次交办后六个月（{date_format(latest(share))}），不能再延。",
            "请按期答复；确实办不完的，请联系提案委。",
            code="extension_no_room",
        )


def may_grant(step: Step) -> None:
    """Looked at again when it is decided: the date may have come meanwhile."""
    request = step.case
    if step.day > request.wanted_on:
        raise Refused("申请延至的日期已经过了。", "请点“不同意延期”并说明情况。", code="wanted_passed")
    if request.wanted_on <= request.assignment.due_on:
        raise Refused(
            f"现在的期限是 {date_format(request.assignment.due_on)}，已不早于申请延至的日期。",
            "请点“不同意延期”并说明情况。",
            code="wanted_passed",
        )


def six_months_are_over(step: Step) -> None:
    """Only then a date is set by hand: until then the rules and an extension do."""
    share = step.case
    guards.is_answering(step)
    _first_round(share)
    if not past_ceiling(share, step.day):
        raise Refused(
            f"首次交办还没有满六个月（{date_format(latest(share))}满）。",
            "办不完的，由承办单位在期限内申请延期。",
            code="not_six_months",
        )
