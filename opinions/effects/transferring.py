"""转办: handing a report to units, and what a unit does with it."""

from members.act_files import keep
from opinions import attachments, clocks
from opinions.models import Transfer
from opinions.states import TransferState
from workflow.transition import Step


def hand_over(step: Step) -> None:
    units = list(step.data["units"])
    dates = clocks.unit_dates(step.case.urgency, step.at)
    Transfer.objects.bulk_create(
        Transfer(
            report=step.case, unit=unit, state=TransferState.AWAITING_SIGN, note=step.data["note"],
            assigned_at=step.at, **dates,
        )
        for unit in units
    )  # fmt: skip
    step.facts["units"] = [unit.pk for unit in units]


def decided(step: Step) -> None:
    """留存, 退回: nobody waits for it any more."""
    step.write(target_at=None, due_on=None)


def hand_over_and_decide(step: Step) -> None:
    hand_over(step)
    decided(step)


def sign_for(step: Step) -> None:
    step.write(signed_at=step.at)


def send_back(step: Step) -> None:
    step.write(return_reason=step.data["reason"])


def reply(step: Step) -> None:
    step.write(reply=step.data["reply"], verdict=step.data["verdict"], replied_at=step.at)
    keep(step.data["file"], step.actor, attachments.TRANSFER, step.case.pk)


def urge(step: Step) -> None:
    step.write(urged_on=step.day)


def postpone(step: Step) -> None:
    """The first date stays, however often it is moved."""
    part = step.case
    step.write(extended_from=part.extended_from or part.due_on, due_on=step.data["new_due_on"])


def check(step: Step) -> None:
    step.write(checked_at=step.at)
