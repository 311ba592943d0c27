"""办: assignment, return, contact, opinion, reply."""

from django.db.models import F, Max

from deadlines import book as books
from proposals.acts import AssignmentAct, ProposalAct
from proposals.clocks import comment_due, rating_due, signing_anew, start_clocks
from proposals.key_facts import is_asked
from proposals.kinds import (
    AssignmentKind,
    ContactMethod,
    ContactStage,
    Division,
    ResultClass,
)
from proposals.models import Assignment, Contact, Demand
from proposals.replies import reply_to_act_on
from proposals.request_facts import facts_of
from proposals.states import AssignmentState, ProposalState
from workflow.actors import SYSTEM
from workflow.drawing import targets
from workflow.engine import perform
from workflow.errors import Refused
from workflow.transition import Step

from . import letters
from .changing import lapse, lapse_of
from .commitments import begin_all
from .extending import lapse as lapse_extension


def assign(step: Step) -> None:
    proposal, others = step.case, list(step.data["others"])
    division = step.data["division"]
    if division == Division.SEPARATE:
        shares = [(unit, AssignmentKind.SEPARATE) for unit in others]
    else:
        shares = [(step.data["unit"], AssignmentKind(division))]
    book = books.load()
    made = Assignment.objects.bulk_create(
        _share(proposal, unit, kind, step.at, position, book=book) for position, (unit, kind) in enumerate(shares)
    )
    if division == Division.LEAD:
        Assignment.objects.bulk_create(
            _share(proposal, unit, AssignmentKind.ASSIST, step.at, position, lead=made[0], book=book)
            for position, unit in enumerate(others, start=1)
        )
    step.write(assigned_at=step.at)


def _share(proposal, unit, kind, at, position, lead=None, first_assigned_at=None, book=None) -> Assignment:
    """A new share with its dates; not saved."""
    share = Assignment(
        proposal=proposal, unit=unit, kind=kind, lead=lead, position=position,
        state=AssignmentState.AWAITING_SIGN, first_assigned_at=first_assigned_at or at,
    )  # fmt: skip
    start_clocks(share, at, proposal.timing, book)
    return share


def sign_for(step: Step) -> None:
    step.write(signed_at=step.at)


def request_return(step: Step) -> None:
    step.write(
        return_reason=step.data["reason"], return_suggestion=step.data["suggested_unit"], return_asked_at=step.at
    )  # fmt: skip


def refuse_return(step: Step) -> None:
    if step.case.signed_at is None:
        step.write(**signing_anew(step.at, step.case.proposal.timing))


def reassign(step: Step) -> None:
    """The next unit takes the same place; the reply clock restarts, the six months do not."""
    old, unit = step.case, step.data["new_unit"]
    helper = _end_assisting(step)
    kind = AssignmentKind.SOLE if helper and not unit.has_others else old.kind
    new = _share(old.proposal, unit, kind, step.at, old.position, old.lead, old.first_assigned_at)
    new.save(force_insert=True)
    if old.kind == AssignmentKind.LEAD:
        old.assistants.current().update(lead=new)
    if is_asked(old) or (helper and unit.is_asked):
        Demand.objects.open().filter(assignment__in=[old.pk, helper]).update(assignment=new)
    step.facts["new_assignment"] = new.pk


def _end_assisting(step: Step) -> int | None:
    """A 会办 unit that is to lead has one share only; what it wrote as 会办意见 stays in the log."""
    helper = getattr(step.data["new_unit"], "assists", None)
    if helper is not None:
        share = Assignment(pk=helper, proposal=step.case.proposal)  # the chain of events goes on from its head
        perform(AssignmentAct.TAKE_LEAD, share, SYSTEM, {"reason": "改为主办单位，原会办任务终止。"}, at=step.at)
    return helper


def add_assistants(step: Step) -> None:
    """Whoever answered alone leads from now on."""
    lead, book = step.case, books.load()
    last = lead.proposal.assignments.aggregate(last=Max("position"))["last"]
    made = Assignment.objects.bulk_create(
        _share(lead.proposal, unit, AssignmentKind.ASSIST, step.at, position, lead=lead, book=book)
        for position, unit in enumerate(step.data["units"], start=last + 1)
    )
    step.facts["new_assignments"] = [share.pk for share in made]
    step.write(kind=AssignmentKind.LEAD)


def log_contact(step: Step) -> None:
    data = step.data
    Contact.objects.create(
        assignment=step.case, round=step.case.round, stage=data["stage"], method=data["method"],
        on=data["on"], participants=data["participants"], content=data["content"],
        recorded_by=step.actor, recorded_at=step.at,
    )  # fmt: skip


def give_opinion(step: Step) -> None:
    step.write(opinion=step.data["opinion"])
    step.facts["opinion"] = step.data["opinion"]


def send_draft(step: Step) -> None:
    """Sent again, it asks anew; what was said to the earlier draft stays among the contacts."""
    reply = reply_to_act_on(step.case)
    reply.draft_sent_at, reply.comment_due_on = step.at, comment_due(step.at)
    reply.comment, reply.commented_at, reply.sent_class = "", None, reply.result_class
    reply.save(update_fields=["draft_sent_at", "comment_due_on", "comment", "commented_at", "sent_class"])
    reply.answers.update(sent_verdict=F("verdict"))


def comment_on_draft(step: Step) -> None:
    """The proposer's answer also counts as a contact (design §6)."""
    reply = reply_to_act_on(step.case)
    reply.comment, reply.commented_at = step.data["comment"], step.at
    reply.save(update_fields=["comment", "commented_at"])
    Contact.objects.create(
        assignment=step.case, round=step.case.round, stage=ContactStage.DURING,
        method=ContactMethod.DRAFT, on=step.day, participants=str(step.actor),
        content=step.data["comment"], recorded_by=step.actor, recorded_at=step.at,
    )  # fmt: skip


def submit_reply(step: Step) -> None:
    """From here on the letter is what the leader reads."""
    letters.settle_copies(reply_to_act_on(step.case), step.case)


def sign_off(step: Step) -> None:
    if step.case.is_assist:
        step.write(opinion_at=step.at, **letters.opinion_number(step))
        return
    reply = reply_to_act_on(step.case)
    reply.signed_by, reply.signed_at = step.actor, step.at
    reply.save(update_fields=["signed_by", "signed_at"])


def check(step: Step) -> None:
    """The dispatch office may correct the class, with its reason."""
    reply, chosen = reply_to_act_on(step.case), step.data["result_class"]
    if chosen and chosen != reply.result_class:
        if chosen == ResultClass.B and not reply.promised:
            raise Refused("改为 B 类须有承诺事项。", "请退回承办单位补充承诺事项。", code="no_commitment")
        step.facts |= {"old_class": reply.result_class, "new_class": chosen}
        reply.result_class = chosen
    reply.checked_by, reply.checked_at = step.actor, step.at
    letters.give_number(reply, step.case, step.day.year)
    reply.save(update_fields=["result_class", "checked_by", "checked_at", *letters.NUMBER])


def back_to_writing(step: Step) -> None:
    """Sign-off and check must be given anew."""
    reply = reply_to_act_on(step.case)
    if reply is None:
        return
    letters.drop_scan(reply)
    reply.signed_by = reply.signed_at = reply.checked_by = reply.checked_at = None
    reply.save(update_fields=["signed_by", "signed_at", "checked_by", "checked_at", "scan"])


def send(step: Step) -> None:
    share, reply = step.case, reply_to_act_on(step.case)
    letters.give_number(reply, share, step.day.year)
    reply.sent_at, reply.due_on = step.at, share.due_on
    reply.save(update_fields=[*letters.NUMBER, "sent_at", "due_on"])
    step.write(replied_at=step.at, rating_due_on=rating_due(step.at))
    step.facts |= {"reply": reply.pk, "round": share.round, "result_class": reply.result_class}


def after_send(step: Step) -> None:
    """When the last answering unit has replied, the proposal waits for its rating."""
    lapse_extension(step)
    begin_all(step)
    if step.case.kind == AssignmentKind.LEAD:
        end_what_is_late(step.case, step.at)
    proposal = step.case.proposal
    if proposal.state != ProposalState.HANDLING:
        return
    if step.case.is_separate and facts_of(proposal)["is_waiting"]:
        lapse_of(proposal, step.at)
    else:
        perform(ProposalAct.ALL_REPLIED, proposal, SYSTEM, at=step.at)


def end_what_is_late(lead: Assignment, at=None) -> None:
    """An opinion that was not given in time is of no use once the lead unit has replied; it counts as late for good.

    A return that nobody decided ends with it, and what an old ledger gave no date is not late; whoever led and has no
    会办 unit any more is 独办 (domain §16B.4).
    """
    shares = list(lead.assistants.open().order_by("pk"))
    for share in shares:
        is_late = share.state in AssignmentState.MISSABLE and share.due_on is not None
        act = AssignmentAct.MISS_OPINION if is_late else AssignmentAct.RECALL
        perform(act, share, SYSTEM, {"reason": "主办单位已经答复提案人。"}, at=at)
    if any(share.state == AssignmentState.RECALLED for share in shares) and not lead.assistants.current().exists():
        perform(AssignmentAct.STAND_ALONE, lead, SYSTEM, at=at)


def all_replied(step: Step) -> None:
    lapse(step)
    step.write(replied_at=step.at)


@targets(AssignmentState.HANDLING, AssignmentState.AWAITING_SIGN)
def state_before_return(step: Step) -> str:
    """A refused return leaves the share where it was."""
    return AssignmentState.HANDLING if step.case.signed_at else AssignmentState.AWAITING_SIGN


@targets(AssignmentState.AWAITING_CHECK, AssignmentState.OPINION_GIVEN)
def signed_state(step: Step) -> str:
    """A signed opinion goes to the lead unit; a signed reply goes to be checked."""
    return AssignmentState.OPINION_GIVEN if step.case.is_assist else AssignmentState.AWAITING_CHECK
