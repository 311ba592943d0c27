"""撤并 of a unit: what it left open goes on with the unit in its place, one dated act of each case (design §5)."""

from django.db.models import Q

from proposals.acts import AssignmentAct
from proposals.commitment_states import CommitmentState
from proposals.kinds import AssignmentKind
from proposals.models import Assignment, Commitment, Demand
from proposals.replies import reply_to_act_on
from proposals.states import AssignmentState
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.transition import Step

from . import handling, letters


def succeed(step: Step) -> None:
    """What is kept with the case itself. `data["succession"]`: members.succession.Succession."""
    succession = step.data["succession"]
    step.on_behalf_of = succession.by
    step.facts |= {
        "old": f"{succession.old}（{succession.last_day:%Y-%m-%d} 撤并）", "new": str(succession.new),
        "document": succession.document,
    }  # fmt: skip
    if step.case.disposition_unit_id == succession.old.pk:
        step.write(disposition_unit=succession.new)


def hand_over(step: Step) -> None:
    """The shares and the promises follow in the same transaction."""
    succession = step.data["succession"]
    shares = list(step.case.assignments.current().select_related("unit").order_by("pk"))
    for share in shares:
        if share.unit_id == succession.old.pk and share.state in AssignmentState.OPEN:
            _hand_over(share, shares, step)
    open_ones = (CommitmentState.DRAFT, *CommitmentState.LIVE)
    promised = Commitment.objects.filter(proposal=step.case, owner=succession.old, state__in=open_ones)
    promised.update(owner=succession.new)


def _hand_over(share: Assignment, shares: list[Assignment], step: Step) -> None:
    """The new unit takes the share; where it has one of its own already, one of the two falls away."""
    succession = step.data["succession"]
    other = next((row for row in shares if row.unit_id == succession.new.pk), None)
    if other is None:
        return _take_over(share, step)
    if share.is_assist:
        _recall(share, other, step)
        return _leave_one_alone(step)
    if other.is_assist:
        _recall(other, share, step)
        _take_over(share, step)
        return _leave_one_alone(step)
    if other.state in AssignmentState.OPEN and share.round == 1 and not _is_being_written(share):
        _recall(share, other, step)
        return _leave_one_alone(step)
    # Otherwise the people of the new unit answer this part too: the other has been answered, this one was
    # found unsatisfactory (that must not be buried), or somebody has begun to write.
    return _take_over(share, step, beside=True)


def _is_being_written(share: Assignment) -> bool:
    """Whether a reply that has not gone out holds text."""
    written = Q(body__gt="") | Q(answers__text__gt="")
    return share.replies.filter(written, sent_at__isnull=True).exists()


def _take_over(share: Assignment, step: Step, beside: bool = False) -> None:
    """`beside`: the new unit has a share of its own, and a unit stands once in a case; this one keeps its name."""
    data = {"succession": step.data["succession"], "beside": beside}
    perform(AssignmentAct.SUCCEED, share, SYSTEM, data, at=step.at)


def _recall(share: Assignment, other: Assignment, step: Step) -> None:
    """`other` goes on; what was demanded of `share` is answered there."""
    Demand.objects.open().filter(assignment=share).update(assignment=other)
    succession = step.data["succession"]
    reason = f"{succession.old}并入{succession.new}，同一件提案由{succession.new}一并办理。"
    perform(AssignmentAct.RECALL, share, SYSTEM, {"reason": reason}, at=step.at)


def _leave_one_alone(step: Step) -> None:
    """分办 has two units or more, 主办 somebody beside it (domain §16B.4): the only one left is 独办."""
    left = list(step.case.assignments.current()[:2])
    if len(left) == 1 and left[0].kind != AssignmentKind.SOLE:
        perform(AssignmentAct.STAND_ALONE, left[0], SYSTEM, at=step.at)


def take_over(step: Step) -> None:
    """A number of the old unit's on a letter that has not gone out is void: nobody can seal it any more."""
    succession = step.data["succession"]
    step.facts |= {"old": str(succession.old), "new": str(succession.new)}
    if not step.data["beside"]:
        step.write(unit=succession.new)
    reply = reply_to_act_on(step.case)
    if reply is not None and reply.letter_serial is not None and reply.sent_at is None:
        step.facts["void_letter"] = reply.letter_number
        letters.take_number(reply)


def take_over_anew(step: Step) -> None:
    """The old unit's leader signed it: the new unit's signs it as well."""
    take_over(step)
    handling.back_to_writing(step)


def stand_alone(step: Step) -> None:
    step.write(kind=AssignmentKind.SOLE)
