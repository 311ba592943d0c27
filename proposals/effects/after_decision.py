"""What follows a decision: handing on what is not filed, the answer to a merge, a return whose time is over."""

from proposals import dispositions, snapshots
from workflow.transition import Step


def convert(step: Step) -> None:
    """The handler and this act stand or fall together: both are in one transaction."""
    step.write(converted_as=dispositions.hand_on(step.case)[:60], converted_at=step.at)
    step.facts["converted_as"] = step.case.converted_as


def acknowledge_suggestion(step: Step) -> None:
    step.write(converted_at=step.at)
    step.facts["adopted"] = step.data["adopted"]


def answer_merge(step: Step) -> None:
    step.write(merge_answer=step.data["answer"], merge_words=step.data["reason"])
    step.facts["answer"] = step.data["answer"]


def take_back(step: Step) -> None:
    """Reviewed goes on with the text that was sent back; what was typed since and never submitted is put on file."""
    kept = snapshots.latest(step.case)
    if kept and not snapshots.is_text_of(kept, step.case):
        snapshots.bring_back(step, kept, snapshots.UNSENT_CHANGE)
    step.write(change_due_on=None)
