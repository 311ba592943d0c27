"""What must hold before an act on a 重点提案, a supervision record or a demand."""

from workflow.errors import Refused
from workflow.querysets import roles_among
from workflow.transition import Step

from .key_facts import has_records, is_asked, own_records, standing_entry, status_of
from .kinds import KeyStatus
from .roles import Role


def may_be_put_up(step: Step) -> None:
    """Once a year; what was decided in an earlier year and is not finished may be put up again."""
    case, status = step.case, status_of(step.case)
    if status == KeyStatus.CANDIDATE:
        raise Refused("这件提案已经是重点提案候选。", "请登记征求意见和主席会议的决定。", code="key_open")
    if status == KeyStatus.DECIDED and standing_entry(case).year >= step.day.year:
        raise Refused("这件提案已经是今年的重点提案。", "请登记督办；没有办完的，明年可以续列。", code="key_open")


def is_candidate(step: Step) -> None:
    if status_of(step.case) != KeyStatus.CANDIDATE:
        raise Refused("这件提案不是重点提案候选。", "请先把它列为候选。", code="no_candidate")


def is_decided(step: Step) -> None:
    if status_of(step.case) != KeyStatus.DECIDED:
        raise Refused("这件提案不是重点提案。", "请先列为候选，由主席会议确定。", code="not_key")


def has_a_record(step: Step) -> None:
    """The head may void any, others what they entered themselves."""
    if not has_records(step.case):
        raise Refused("这件提案没有督办记录或批示。", "不需要作废。", code="no_record")
    if not roles_among(step.case, {Role.HEAD}) and not own_records(step.case, step.actor).exists():
        raise Refused("您没有登记过可以作废的记录。", "请由登记人或提案委负责人作废。", code="no_record")


def is_asked_to_report(step: Step) -> None:
    if not is_asked(step.case):
        raise Refused("没有等待反馈的督办要求。", "有新的督办要求时会通知你单位。", code="no_demand")
