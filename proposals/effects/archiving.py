"""归档: the committee notes that the whole case is put away; the event says who did it and when."""

from workflow.transition import Step


def archive(step: Step) -> None:
    step.write(archived_at=step.at)
