"""提: co-signing, submission, withdrawal."""

from proposals.acts import CosignatureAct
from proposals.drafting import keep_text
from proposals.kinds import Kind
from proposals.models import Cosignature
from proposals.numbering import receipt_number
from proposals.states import CosignatureState
from proposals.windows import timing_at
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.transition import Step


def hand_over(step: Step) -> None:
    """The draft is ready for the member to look through and submit."""
    step.on_behalf_of = step.case.first_proposer.name


def invite(step: Step) -> None:
    proposal, people = step.case, list(step.data["persons"])
    start = proposal.cosignatures.count()
    Cosignature.objects.bulk_create(
        Cosignature(
            proposal=proposal, person=person, position=start + n, invited_at=step.at,
            state=CosignatureState.INVITED,
        )
        for n, person in enumerate(people, start=1)
    )  # fmt: skip
    step.write(cosigning_closes=step.data["closes_at"])
    step.facts["invited"] = [person.pk for person in people]


def submit(step: Step) -> None:
    """The first submission fixes the receipt, the window and who signs; later ones keep them."""
    proposal = step.case
    joint = _end_cosigning(step)
    if proposal.receipt_number is None:
        step.write(
            receipt_number=receipt_number(proposal.session),
            timing=timing_at(proposal.session, step.at),
            submitted_at=step.at,
        )
    if proposal.kind != Kind.COLLECTIVE:
        step.write(kind=Kind.JOINT if joint else Kind.INDIVIDUAL)
    if "similar_read" in step.data:  # not when the co-signing time ends by itself
        step.write(similar_read_at=step.at if step.data["similar_read"] else None)
    step.write(change_due_on=None)
    keep_text(proposal, "提交", step.actor, step.at)
    step.facts["receipt_number"] = proposal.receipt_number


def withdraw(step: Step) -> None:
    _end_cosigning(step)


def _end_cosigning(step: Step) -> bool:
    """Nobody can join any more; returns whether anybody did."""
    standing = list(step.case.cosignatures.standing())
    for one in standing:
        if one.state == CosignatureState.INVITED:
            perform(CosignatureAct.EXPIRE, one, SYSTEM, at=step.at)
    return any(one.state == CosignatureState.AGREED for one in standing)


def answer_invitation(step: Step) -> None:
    step.write(answered_at=step.at, comment=step.data.get("reason") or "")


def invite_again(step: Step) -> None:
    step.write(invited_at=step.at, answered_at=None, comment="")
