"""督: urging a unit for its share."""

from proposals.kinds import UrgeKind
from proposals.lateness import now_late
from proposals.models import Urge
from workflow.errors import Refused
from workflow.transition import Step


def urge(step: Step) -> None:
    """Who is in time can only be reminded (提醒)."""
    share, kind, notice = step.case, step.data["kind"], step.data.get("notice")
    late = now_late(share, step.day)
    if late is None and kind != UrgeKind.REMIND:
        raise Refused("这件还没有逾期，不能催办。", "如需提前打招呼，请把方式改为“提醒”。", code="not_late")
    Urge.objects.create(
        assignment=share, kind=kind, text=step.data["reason"], by=step.actor, on=step.day, at=step.at, notice=notice,
        step=late.step if late else "", due_on=late.due_on if late else None,
    )  # fmt: skip
    step.facts |= {"urge_kind": UrgeKind(kind).label, "notice_number": notice.number if notice else ""}
