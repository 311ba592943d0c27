"""评优: a nomination written and taken back, the award given and revoked."""

from proposals.award_guards import selection_of
from proposals.models import AwardNomination, AwardSelection, AwardStage
from workflow.errors import TooLate
from workflow.transition import Step


def nominate(step: Step) -> None:
    """The selection is locked, so that nothing comes onto the list once the judges have it."""
    selection = AwardSelection.objects.select_for_update().get(pk=selection_of(step.case).pk)
    if selection.stage != AwardStage.NOMINATING:
        raise TooLate("评分刚刚开始，不能再推荐。", "请联系提案委。", code="award_stage")
    nomination = AwardNomination.objects.create(
        selection=selection, proposal=step.case, nominator=step.data["nominator"], reason=step.data["reason"],
        by=step.actor, at=step.at,
    )  # fmt: skip
    step.facts["nomination"] = nomination.pk


def withdraw(step: Step) -> None:
    standing = AwardNomination.objects.filter(proposal=step.case, withdrawn_at__isnull=True)
    standing.filter(selection=selection_of(step.case)).update(withdrawn_at=step.at)


def award(step: Step) -> None:
    selection = selection_of(step.case)
    step.write(excellent_on=selection.decided_on)
    step.facts["award_document"] = selection.document


def revoke(step: Step) -> None:
    step.write(excellent_on=None)
    AwardNomination.objects.filter(proposal=step.case, chosen=True).update(chosen=False)
