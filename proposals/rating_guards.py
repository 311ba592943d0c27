"""What must hold before a rating by the unit, and before a rating is voided."""

from django.db.models import Exists, OuterRef

from workflow.errors import Refused
from workflow.querysets import roles_among
from workflow.transition import Step

from . import guards
from .models import Rating, TripartiteMeeting
from .ratings import was_voided
from .replies import reply_to_act_on
from .roles import Role

UNIT = (Role.OPERATOR, Role.UNIT_LEADER)


def may_rate(step: Step) -> None:
    """Never from the account of the unit that answered, whoever holds it (domain §16B.7)."""
    guards.has_reply(step)
    if roles_among(step.case, UNIT):
        raise Refused(
            "您的账号也是承办单位的账号，不能在线评价本单位的答复。", "请填写纸质征询意见表，交提案委代录。", code="unit_account",
        )  # fmt: skip
    if was_voided(step.case, step.actor):
        raise Refused(
            "您的评价已经作废，不能在线重新评价。", "请把签名的征询意见表交提案委，由提案委代录。", code="rating_voided"
        )
    guards.not_rated_yet(step)


def may_rate_proposal(step: Step) -> None:
    """Once, within the time to rate, and not in a round that a 不满意 has ended."""
    guards.has_reply(step)
    reply = reply_to_act_on(step.case)
    if reply.graded:
        raise Refused("本单位已经评价过这件提案。", "评价提交后不能更改；如有误，请联系提案委。", code="graded")
    if reply.refused:
        raise Refused(
            "提案人对这次答复不满意，本轮不再评价提案质量。", "请按提案人的意见重新办理。", code="round_ended"
        )
    due_on = step.case.rating_due_on
    if due_on and step.day > due_on:
        raise Refused("互评时间已过，不能再评价提案质量。", "如有意见，请与提案委联系。", code="rating_over")


def may_void(step: Step) -> None:
    """Only what has led to nothing further: no later round (the round's own ratings), no recorded meeting."""
    guards.has_reply(step)
    if not voidable(step.case):
        raise Refused(
            "这次答复没有可以作废的评价。", "已经引起重新办理或三方会商的评价不能作废，请待下一轮答复后再评价。", code="nothing_to_void",
        )  # fmt: skip


def voidable(assignment) -> list[Rating]:
    """The valid ratings of the present reply on which no meeting of the three sides was held since; read once."""
    kept, reply = assignment.__dict__.setdefault("_voidable", {}), reply_to_act_on(assignment)
    if reply is not None and reply.pk not in kept:
        held = TripartiteMeeting.objects.filter(proposal=assignment.proposal_id, recorded_at__gte=OuterRef("at"))
        rows = Rating.objects.filter(~Exists(held), reply=reply).select_related("person")
        kept[reply.pk] = list(rows.order_by("-deciding", "at"))
    return kept.get(reply.pk, []) if reply else []
