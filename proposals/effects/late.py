"""One late proposal admitted as 大会提案 by the committee, and that taken back."""

from proposals.kinds import Timing
from workflow.transition import Step


def admit(step: Step) -> None:
    step.write(timing=Timing.PLENARY, admitted_late=True)


def revoke(step: Step) -> None:
    step.write(timing=Timing.ADJOURNED, admitted_late=False)
