"""What must hold for the acts of a unit's desk: who signs, the sealed scan, 补充答复."""

from django.conf import settings

from workflow.errors import Refused
from workflow.models import Event
from workflow.transition import Step

from . import guards
from .acts import AssignmentAct
from .kinds import SupplementStage
from .models import Assignment, SupplementaryReply
from .replies import reply_to_act_on

SUBMITTING = (AssignmentAct.SUBMIT_REPLY, AssignmentAct.GIVE_OPINION)
ASK_ANOTHER = "请由本单位另一位领导审签；还没有登记的，请联系系统管理员登记。"


def not_own_writing(step: Step) -> None:
    """Whoever submitted what waits here does not sign it: the last submission is the one of this round."""
    sent = Event.objects.filter(process="assignment", object_id=step.case.pk, act__in=SUBMITTING)
    last = sent.order_by("-sequence").values_list("actor_id", "actor__person_id").first()
    if last is not None and _is_same(step.actor, *last):
        raise Refused("这份稿子是您自己报审签的，不能由自己审签。", ASK_ANOTHER, code="own_writing")


def may_be_sent(step: Step) -> None:
    guards.checked(step)
    guards.promises_lie_ahead(step)
    guards.opinions_are_in(step)  # a unit that took the place of another since has its own time
    if settings.REPLY_SCAN_REQUIRED and reply_to_act_on(step.case).scan_id is None:
        raise Refused(
            "还没有上传盖章的答复函扫描件。", "请把答复函用印后扫描成 PDF，点“上传盖章扫描件”，再发出。", code="no_scan"
        )


def may_supplement(step: Step) -> None:
    """A reply of this round went out, and no other supplement waits to be signed."""
    if step.case.supplement_stage == SupplementStage.TO_SIGN:
        raise Refused("补充答复已报领导审签。", "请等领导审签；需要修改的，请领导退回。", code="supplement_waits")


def supplement_waits(step: Step) -> None:
    if step.case.supplement_stage != SupplementStage.TO_SIGN:
        raise Refused("没有等待审签的补充答复。", "请由经办人先撰写补充答复。", code="no_supplement")


def supplement_may_be_signed(step: Step) -> None:
    supplement_waits(step)
    supplement = open_supplement(step.case)
    if _is_same(step.actor, supplement.written_by_id, supplement.written_by.person_id):
        raise Refused("这份补充答复是您自己写的，不能由自己审签。", ASK_ANOTHER, code="own_writing")


def has_a_reply(step: Step) -> None:
    """A row of an old ledger is 已答复 without a letter in the portal."""
    may_supplement(step)
    if reply_to_act_on(step.case) is None:
        raise Refused("系统里没有登记这份答复，不能补充答复。", "请以公函答复提案人，并告知提案委。", code="no_reply")


def open_supplement(share: Assignment) -> SupplementaryReply | None:
    """The 补充答复 that is being written or waits to be signed, read once for each instance."""
    if "_open_supplement" not in share.__dict__:
        share._open_supplement = SupplementaryReply.objects.open_of(share).select_related("written_by").first()
    return share._open_supplement


def _is_same(actor, user_id: int | None, person_id: int | None) -> bool:
    return actor.pk == user_id or (person_id is not None and actor.person_id == person_id)
