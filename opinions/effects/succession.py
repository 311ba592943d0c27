"""撤并 of a unit or of the reporting body, as the timeline of each of its open cases shows it."""

from workflow.transition import Step


def note(step: Step) -> None:
    """Who stands in whose place, on which paper."""
    one = step.data["succession"]
    step.facts |= {"old": one.old.name, "new": one.new.name, "document": one.document}
