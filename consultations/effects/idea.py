"""征集的议题: what became of it."""

from workflow.transition import Step


def select(step: Step) -> None:
    step.write(topic=step.data["topic"])
