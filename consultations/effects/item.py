"""建议: the unit answers, does it, reports it; it is asked again until it is done."""

from consultations import attachments, conversions, dates
from consultations.kinds import Answer
from consultations.models import ItemNote
from consultations.states import ItemState
from members.act_files import keep
from workflow.transition import Step

Kind = ItemNote.Kind


def answer(step: Step) -> None:
    data = step.data
    due_on = None if data["answer"] == Answer.DECLINED else data["due_on"]
    step.write(
        answer=data["answer"], measure=data["measure"], answered_on=step.day, due_on=due_on, promised_on=due_on,
        done_on=None, result="",
    )  # fmt: skip
    _note(step, Kind.ANSWERED, f"{Answer(data['answer']).label}：{data['measure']}")


def answered_state(step: Step) -> str:
    return ItemState.DECLINED if step.case.answer == Answer.DECLINED else ItemState.DOING


answered_state.targets = (ItemState.DOING, ItemState.DECLINED)


def progress(step: Step) -> None:
    _note(step, Kind.PROGRESS, step.data["content"], on=step.data["on"])


def postpone(step: Step) -> None:
    _note(step, Kind.POSTPONED, f"改到 {step.data['new_due_on']:%Y-%m-%d}：{step.data['reason']}")
    step.write(due_on=step.data["new_due_on"])


def report_done(step: Step) -> None:
    data = step.data
    _note(step, Kind.REPORTED, data["result"], on=data["done_on"])
    step.write(done_on=data["done_on"], result=data["result"])
    keep(data["evidence"], step.actor, attachments.ITEM, step.case.pk)


def not_done(step: Step) -> None:
    _note(step, Kind.RETURNED, step.data["reason"])
    step.write(done_on=None, result="")


def urge(step: Step) -> None:
    _note(step, Kind.URGED, step.data["reason"])


def ask_again(step: Step) -> None:
    _asked(step, step.data["reason"])


def reassign(step: Step) -> None:
    """Another unit gets it with its own time, from the beginning; what the former one did stays in the record."""
    old, new = step.case.unit, step.data["unit"]
    _asked(step, f"由{old}改为{new}：{step.data['reason']}")
    step.write(unit=new)
    step.facts["former_unit"] = old.pk


def _asked(step: Step, words: str) -> None:
    _note(step, Kind.ASKED, words)
    step.write(
        asked_at=step.at, answer_due_on=dates.after(dates.ANSWER, step.day), answer="", answered_on=None, measure="",
        due_on=None, promised_on=None, done_on=None, result="",
    )  # fmt: skip


def _note(step: Step, kind: Kind, words: str, on=None) -> None:
    ItemNote.objects.create(item=step.case, kind=kind, on=on or step.day, text=words[:1000], by=step.actor, at=step.at)


def convert(step: Step) -> None:
    step.facts["became"] = conversions.of_item(step.case, step.data["target"], step.actor.person, step.at)
