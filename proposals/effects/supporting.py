"""附议: a member signs a submitted proposal, and takes it back before the decision."""

from django.db.models import Max

from proposals.acts import CosignatureAct
from proposals.kinds import Kind
from proposals.models import Cosignature
from proposals.states import CosignatureState
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.transition import Step


def support(step: Step) -> None:
    """The member becomes a co-signer; whoever was asked before the submission keeps that row."""
    proposal, person = step.case, step.actor.person
    mine = proposal.cosignatures.filter(person=person).first() or _asked(step)
    perform(CosignatureAct.SUPPORT, mine, SYSTEM)
    step.write(kind=Kind.JOINT)


def _asked(step: Step) -> Cosignature:
    last = step.case.cosignatures.aggregate(last=Max("position"))["last"] or 0
    return Cosignature.objects.create(
        proposal=step.case, person=step.actor.person, position=last + 1, invited_at=step.at,
        state=CosignatureState.INVITED,
    )  # fmt: skip


def sign_again(step: Step) -> None:
    step.write(answered_at=step.at, is_support=True, comment="")


def withdraw_support(step: Step) -> None:
    mine = step.case.cosignatures.get(person=step.actor.person_id)
    perform(CosignatureAct.TAKE_BACK, mine, SYSTEM)
    if not step.case.cosignatures.agreed().exists():
        step.write(kind=Kind.INDIVIDUAL)
