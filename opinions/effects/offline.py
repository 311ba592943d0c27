"""转线下渠道: what may be secret leaves the system for good; a stub with number, dates and handler stays (domain §6).

What was already written into the append-only log is not shown any more: `wipes` in the table, workflow/wiped.py.
"""

from django.db.models import Value
from django.urls import reverse

from documents.uploads import remove_all_of
from exports import tending
from notices.wiping import wipe_messages
from opinions import attachments
from opinions.effects.editing import PARTS
from opinions.models import Adoption, Forwarding, Instruction, Transfer
from workflow.transition import Step
from xiping_cppcc.api.idempotency import forget_answers

VOIDABLE = (Adoption, Forwarding)
WIPED, GONE = "（已转线下办理，内容已清除）", "（这条社情民意已转线下办理，原消息内容已清除。）"


def move_offline(step: Step) -> None:
    """Texts, the citizen, files, what units wrote, 批示 and messages go; numbers, people and dates stay."""
    report = step.case
    _wipe_around(report)
    empty = dict.fromkeys((*PARTS, *(f"edited_{name}" for name in PARTS)), "")
    step.write(
        **empty, citizen_name="", citizen_contact="", origin_note="", became_proposal="", secrecy_signs=[],
        combined_into=None, target_at=None, due_on=None, moved_offline_at=step.at, offline_by=str(step.actor),
    )  # fmt: skip


def _wipe_around(report) -> None:
    parts, noted, *voided = _written_around(report)
    if parts:
        Transfer.objects.filter(report=report).update(note="", reply="", return_reason="")
    if noted:
        Instruction.objects.filter(report=report).update(text=WIPED, void_reason="")
    for kind, keys in zip(VOIDABLE, voided, strict=True):
        if keys:
            kind.objects.filter(pk__in=keys).update(void_reason="")
    remove_all_of({attachments.SUBJECT: [report.pk], attachments.TRANSFER: parts, attachments.INSTRUCTION: noted})
    tending.forget_soon()
    base = reverse("opinions:detail", args=[report.pk])
    wipe_messages([base, *(f"{base}#transfer-{pk}" for pk in parts)], GONE)
    forget_answers(f"opinions/{report.pk}/", *(f"opinion-transfers/{pk}/" for pk in parts))


def _written_around(report) -> list[list[int]]:
    """Ids of the parts of units, of the 批示 and of what of each voidable kind has a reason; one statement.

    In whatever state the report is: one that was kept and had a 批示 may be edited anew, or returned to its author.
    """
    rows = [kind.objects.filter(report=report) for kind in (Transfer, Instruction)]
    rows += [kind.objects.filter(report=report).exclude(void_reason="") for kind in VOIDABLE]
    first, *others = (one.order_by().values_list(Value(place), "pk") for place, one in enumerate(rows))
    found: list[list[int]] = [[] for _ in rows]
    for place, pk in first.union(*others, all=True):
        found[place].append(pk)
    return found
