"""委员意见: submitted, taken back while there is time, turned into something of the author's own."""

from consultations import conversions
from workflow.transition import Step


def submit(step: Step) -> None:
    step.write(submitted_at=step.at)


def take_back(step: Step) -> None:
    step.write(submitted_at=None, heading="")


def convert(step: Step) -> None:
    step.facts["became"] = conversions.of_opinion(step.case, step.data["target"], step.actor.person, step.at)
