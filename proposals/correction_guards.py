"""What must hold before the head of 提案委 corrects what a unit registered."""

from collections import Counter

from workflow.errors import Refused
from workflow.transition import Step

from .kinds import ContactMethod
from .models import Assignment, Contact
from .replies import reply_to_act_on


def reply_is_registered(step: Step) -> None:
    if reply_to_act_on(step.case) is None:
        raise Refused("系统里没有登记这份答复，不能更正。", "请核对台账；台账有误的，改好后重新导入。", code="no_reply")


def a_contact_can_be_voided(step: Step) -> None:
    if contacts_to_void(step.case):
        return
    if any(one.method != ContactMethod.DRAFT for one in step.case.contacts.all()):
        raise Refused(
            "答复已经发出，唯一的面商记录不能作废。",
            "请承办单位先登记正确的面商记录，再作废这一条。",
            code="only_contact",
        )
    raise Refused("没有可以作废的面商记录。", "不需要作废。", code="nothing_to_void")


def contacts_to_void(share: Assignment) -> list[Contact]:
    """Those that the unit typed in; a reply that was sent keeps one at least (domain §16B.6). Read once; a page has
    read them with the share."""
    if "_contacts_to_void" not in share.__dict__:
        contacts = list(share.contacts.all())
        sent, kept = {reply.round for reply in share.replies.all() if reply.sent_at}, Counter(c.round for c in contacts)
        share._contacts_to_void = [
            one
            for one in contacts
            if one.method != ContactMethod.DRAFT and (one.round not in sent or kept[one.round] > 1)
        ]
    return share._contacts_to_void
