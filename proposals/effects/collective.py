"""A collective stands behind its text: the convener's confirmation, or the scan of the sealed original."""

from documents.uploads import attach
from proposals.collective import SEAL, fingerprint, is_confirmed
from proposals.kinds import CollectiveProof, Kind
from proposals.roles import Role
from workflow.querysets import roles_among
from workflow.transition import Step


def ask(step: Step) -> None:
    step.write(confirmation_asked_at=step.at)


def confirm(step: Step) -> None:
    """For the text as it stands now; another text has to be confirmed again."""
    step.write(
        confirmed_by=step.actor.person, confirmed_at=step.at, confirmed_text=fingerprint(step.case),
        confirmation_asked_at=None,
    )  # fmt: skip


def prove(step: Step) -> None:
    """Keep by what the submission was shown to be the collective's. SubmitForm has seen to it that there is one."""
    proposal = step.case
    if proposal.kind != Kind.COLLECTIVE:
        return
    if scan := step.data.get("scan"):
        attach([scan.pk], step.actor, SEAL, proposal.pk)
        proof = CollectiveProof.SCAN
    else:
        if roles_among(proposal, {Role.CONVENER}) and not is_confirmed(proposal):
            confirm(step)
        proof = CollectiveProof.CONVENER
    step.write(collective_proof=proof)
    step.facts["proof"] = str(CollectiveProof(proof).label)
