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
    known = proposal.cosignatures.filter(person=person).first()
    if known is not None:
        perform(CosignatureAct.SUPPORT, known, SYSTEM)
    else:
        last = proposal.cosignatures.aggregate(last=Max("position"))["last"] or 0
        Cosignature.objects.create(
            proposal=proposal, person=person, position=last + 1, state=CosignatureState.AGREED,
            invited_at=step.at, answered_at=step.at, is_support=True,
        )  # fmt: skip
    step.write(kind=Kind.JOINT)


def sign_again(step: Step) -> None:
    step.write(answered_at=step.at, is_support=True, comment="")


def withdraw_support(step: Step) -> None:
    mine = step.case.cosignatures.get(person=step.actor.person_id)
    perform(CosignatureAct.TAKE_BACK, mine, SYSTEM)
    if not step.case.cosignatures.agreed().exists():
        step.write(kind=Kind.INDIVIDUAL)
