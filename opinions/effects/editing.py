"""编辑, 审核, 签发, and uniting several reports in one text."""

from opinions import clocks
from opinions.guards import BEING_EDITED, mains_for
from workflow.errors import Refused
from workflow.transition import Step

PARTS = ("title", "situation", "causes", "suggestions")


def take_up(step: Step) -> None:
    """The edited text begins as the author's; whoever takes it up is its editor. A text edited before is kept."""
    report = step.case
    step.write(edited_by=step.actor, edited_at=step.at)
    if not report.edited_title:
        step.write(**{f"edited_{name}": getattr(report, name) for name in PARTS})


def resume(step: Step) -> None:
    """It is under way again, so it has a target again: counted from today."""
    take_up(step)
    back_to_editing(step)
    at = clocks.target(step.case.urgency, step.at)
    step.write(target_at=at, due_on=clocks.due_on(at))


def edit(step: Step) -> None:
    step.write(**{f"edited_{name}": step.data[f"edited_{name}"] for name in PARTS})
    step.write(edited_by=step.actor, edited_at=step.at)


def join(step: Step) -> None:
    """Its text goes into another's, which credits its author (docs/decisions/opinions.md)."""
    rows = mains_for(step.case).select_for_update(of=("self",), skip_locked=True)  # two that join each other never wait
    main = rows.filter(pk=step.data["into"].pk).first()
    if main is None:
        raise Refused("所选综合稿已不在编辑中，或正有别人在办理。", "请刷新后重新选择。", code="main_moved_on")
    step.write(combined_into=main)
    step.facts["into"] = main.pk


def separate(step: Step) -> None:
    """The united text stays where it is while this one is taken out of it."""
    rows = type(step.case)._base_manager.select_for_update(skip_locked=True)
    main = rows.filter(pk=step.case.combined_into_id).first()
    if main is None or main.state not in BEING_EDITED:
        raise Refused("综合稿正有别人在办理，或已送审核。", "请刷新后再办。", code="main_moved_on")
    step.write(combined_into=None)


def give_back(step: Step) -> None:
    """退回修改: nobody waits for it any more. What nobody edited goes, so that the next editing begins with the new text."""
    report = step.case
    step.write(target_at=None, due_on=None)
    if all(getattr(report, f"edited_{name}") == getattr(report, name) for name in PARTS):
        step.write(**{f"edited_{name}": "" for name in PARTS})


def review(step: Step) -> None:
    step.write(reviewed_by=step.actor)


def back_to_editing(step: Step) -> None:
    step.write(reviewed_by=None, signed_by=None, signed_at=None)


def sign(step: Step) -> None:
    step.write(signed_by=step.actor, signed_at=step.at)
