"""A report, and a unit's part in it, with everybody who can stand in a relation to them."""

from django.utils import timezone

from opinions.models import Issue, OpinionReport, Transfer
from opinions.states import State, TransferState
from tests.factories import county as make
from tests.factories import opinions, people
from workflow.actors import SYSTEM

from .cast import Scene


def report_scene(c: make.County) -> Scene:
    """Without text and with an issue, as the constraints of its last states want it; a unit has it."""
    o = opinions.office(c)
    now = timezone.now()
    issue = Issue.objects.create(
        year=2026, number=1, main_to="县委", issued_on=now.date(), issued_by=o.editor, signer="x"
    )
    case = OpinionReport.objects.create(
        author=c.author.person, state=State.SUBMITTED, submitted_at=now, receipt_number="SQ2026-0001", issue=issue
    )
    case.co_authors.add(c.cosigner.person)
    Transfer.objects.create(report=case, unit=c.unit, state=TransferState.AWAITING_SIGN, assigned_at=now)
    return Scene(case, {
        "author": c.author, "coauthor": c.cosigner, "editor": o.editor, "reviewer": o.reviewer, "signer": o.signer,
        "operator": c.operator, "unit_leader": c.leader, "stranger": people.member("局外委员"),
        "administrator": c.administrator, "system": SYSTEM,
    })  # fmt: skip


def transfer_scene(c: make.County) -> Scene:
    scene = report_scene(c)
    OpinionReport._base_manager.filter(pk=scene.case.pk).update(state=State.TRANSFERRED)
    return Scene(scene.case.transfers.get(), {**scene.actors, "foreign_operator": c.third_operator})
