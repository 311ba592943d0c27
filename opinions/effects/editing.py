"""编辑, 审核, 签发, and uniting several reports in one text."""

from opinions.guards import mains_for
from workflow.errors import Refused
from workflow.transition import Step

PARTS = ("title", "situation", "causes", "suggestions")


def take_up(step: Step) -> None:
    """The edited text begins as the author's; whoever takes it up is its editor. A text edited before is kept."""
    report = step.case
    step.write(edited_by=step.actor, edited_at=step.at)
    if not report.edited_title:
        step.write(**{f"edited_{name}": getattr(report, name) for name in PARTS})


def edit(step: Step) -> None:
    step.write(**{f"edited_{name}": step.data[f"edited_{name}"] for name in PARTS})
    step.write(edited_by=step.actor, edited_at=step.at)


def join(step: Step) -> None:
    """Its text goes into another's, which credits its author (docs/decisions/opinions.md)."""
    main = mains_for(step.case).select_for_update(of=("self",)).filter(pk=step.data["into"].pk).first()
    if main is None:
        raise Refused("所选综合稿已不在编辑中。", "请重新选择。", code="main_moved_on")
    step.write(combined_into=main)
    step.facts["into"] = main.pk


def separate(step: Step) -> None:
    step.write(combined_into=None)


def review(step: Step) -> None:
    step.write(reviewed_by=step.actor)


def back_to_editing(step: Step) -> None:
    step.write(reviewed_by=None, signed_by=None, signed_at=None)


def sign(step: Step) -> None:
    step.write(signed_by=step.actor, signed_at=step.at)
