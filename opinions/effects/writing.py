"""Submitting and taking back."""

from django.utils import timezone

from opinions import clocks, numbering
from workflow.transition import Step


def submit(step: Step) -> None:
    """The first submission gives the number and the day by which the report counts; every one sets the target anew."""
    report = step.case
    if report.receipt_number is None:
        step.write(receipt_number=numbering.receipt(timezone.localdate(step.at).year))
    at = clocks.target(report.urgency, step.at)
    first = report.submitted_at is None
    step.write(**{"submitted_at" if first else "resubmitted_at": step.at}, target_at=at, due_on=clocks.due_on(at))
    if report.secrecy_signs:
        step.facts["secrecy_signs"] = report.secrecy_signs


def withdraw(step: Step) -> None:
    step.write(target_at=None, due_on=None)
