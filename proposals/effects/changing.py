"""Changes after submission by request: asking, deciding, and what a granted request does to case and shares."""

from proposals import attachments
from proposals.acts import AssignmentAct, ChangeRequestAct, ProposalAct
from proposals.kinds import ChangeKind
from proposals.models import ChangeRequest, CosignerView, Proposal, TextSnapshot
from proposals.replies import make_open_pages_stale
from proposals.request_facts import facts_of
from proposals.rewording import AMENDED, reword, text_of
from proposals.secrecy import recording
from proposals.states import AssignmentState, ChangeRequestState
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.transition import Step


def ask_amend(step: Step) -> None:
    proposed = {name: step.data[name] for name in ("title", "situation", "suggestions")}
    _ask(step, ChangeKind.AMEND, text_of(step.case), proposed)


def ask_withdrawal(step: Step) -> None:
    _ask(step, ChangeKind.WITHDRAW, {}, {})


def _ask(step: Step, kind: ChangeKind, replaced: dict, proposed: dict) -> None:
    request = ChangeRequest(
        proposal=step.case, kind=kind, state=ChangeRequestState.PENDING, reason=step.data["reason"],
        replaced=replaced, proposed=proposed, asked_by=step.actor, asked_at=step.at,
    )  # fmt: skip
    request.save(force_insert=True)
    step.facts["change_request"] = request.pk


def give_view(step: Step) -> None:
    """A later view of the same co-signer takes the place of the earlier one; both stay in the log."""
    said = {"agrees": step.data["agrees"], "comment": step.data["reason"], "at": step.at}
    mine = CosignerView.objects.filter(request=step.case, person_id=step.actor.person_id)
    if not mine.update(**said):
        CosignerView.objects.create(request=step.case, person_id=step.actor.person_id, **said)
    step.facts["agrees"] = said["agrees"]


def decide(step: Step) -> None:
    step.write(decided_by=step.actor, decided_at=step.at, decision=step.data.get("reason") or "")


def after_grant(step: Step) -> None:
    """The proposal follows in the same transaction."""
    request = step.case
    act = ProposalAct.AMEND if request.is_amendment else ProposalAct.WITHDRAW_FILED
    perform(act, request.proposal, SYSTEM, {"request": request, "reason": request.reason}, at=step.at)


def amend(step: Step) -> None:
    """The new text; the one before it, which the guard found unchanged since it was asked, is kept on file."""
    proposal, request = step.case, step.data["request"]
    TextSnapshot.objects.create(
        proposal=proposal, occasion=AMENDED, by=request.asked_by, at=step.at, **request.replaced
    )
    step.write(title=request.proposed["title"], situation=request.proposed["situation"])
    reword(proposal, request.proposed["suggestions"])
    recording.record(proposal, attachments.of_proposal(proposal))
    _on_request(step)


def _on_request(step: Step) -> None:
    request = step.data["request"]
    step.on_behalf_of = str(request.asked_by)
    step.facts["change_request"] = request.pk


def after_amend(step: Step) -> None:
    """A reply that is being approved answers another text now: back to its writer, who is told."""
    shares = step.case.assignments.answering().filter(state__in=AssignmentState.BEING_APPROVED)
    for share in shares.order_by("pk"):
        perform(AssignmentAct.TEXT_CHANGED, share, SYSTEM, {"reason": step.data["reason"]}, at=step.at)
    if step.case.assigned_at:
        make_open_pages_stale(step.case)


def withdraw_filed(step: Step) -> None:
    """撤案: the number stays with the case and is never given again."""
    _on_request(step)


def recall_shares(step: Step) -> None:
    """No unit works on for a case that is no more."""
    shares = step.case.assignments.filter(state__in=AssignmentState.RECALLABLE)
    for share in shares.order_by("pk"):
        perform(AssignmentAct.RECALL, share, SYSTEM, {"reason": step.data["reason"]}, at=step.at)


def lapse(step: Step) -> None:
    """The case went another way, so a request that is still open asks for nothing any more."""
    lapse_of(step.case, step.at)


def lapse_of(proposal: Proposal, at) -> None:
    if not facts_of(proposal)["is_asked"]:
        return
    for request in proposal.change_requests.open():
        perform(ChangeRequestAct.LAPSE, request, SYSTEM, {"reason": "提案已进入其他环节，申请自动失效。"}, at=at)
