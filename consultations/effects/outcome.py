"""成果: versions, signature, sending, 批示, and the recommendations it carries."""

from django.db.models import Max

from consultations import attachments, dates
from consultations.acts import TopicAct
from consultations.models import Instruction, OutcomeVersion, Recommendation
from consultations.states import ItemState
from members.act_files import keep
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.errors import Refused
from workflow.transition import Step


def add_item(step: Step) -> None:
    outcome = step.case
    last = outcome.topic.items.aggregate(last=Max("position"))["last"] or 0  # one number in the whole topic
    Recommendation(
        topic_id=outcome.topic_id, outcome=outcome, position=last + 1, text=step.data["text"], unit=step.data["unit"],
        state=ItemState.WAITING,
    ).save()  # fmt: skip


def remove_item(step: Step) -> None:
    """Of a draft; nothing was asked of anybody yet, so the row goes."""
    Recommendation.objects.filter(pk=step.data["item"].pk).delete()


def submit(step: Step) -> None:
    """The text as it goes to the leader is kept as a version."""
    outcome = step.case
    last = outcome.versions.aggregate(last=Max("serial"))["last"] or 0
    OutcomeVersion.objects.create(
        outcome=outcome, serial=last + 1, title=outcome.title, text=outcome.text, by_name=str(step.actor), at=step.at
    )
    step.facts["version"] = last + 1


def give_back(step: Step) -> None:
    """A signature counts for the text it was given to."""
    step.write(signed_by="", signed_on=None)


def sign(step: Step) -> None:
    step.write(signed_by=str(step.actor), signed_on=step.day)


def send(step: Step) -> None:
    """Every recommendation is asked of its unit now, with one date for the answer."""
    data, outcome = step.data, step.case
    step.write(
        sent_to=data["sent_to"], copied_to=data["copied_to"], document_number=data["document_number"],
        sent_on=data["on"],
    )  # fmt: skip
    due_on = data.get("answer_due_on") or dates.after(dates.ANSWER, data["on"])
    step.facts["items"] = outcome.items.update(asked_at=step.at, answer_due_on=due_on)
    keep(data.get("file"), step.actor, attachments.OUTCOME, outcome.pk)


def report_on(step: Step) -> None:
    perform(TopicAct.REPORT, step.case.topic, SYSTEM, {"on": step.case.sent_on}, at=step.at)


def instruct(step: Step) -> None:
    data = step.data
    row = Instruction.objects.create(
        outcome=step.case, leader=data["leader"], leader_name=data["leader_name"], level=data["level"],
        text=data["text"], on=data["on"],
    )  # fmt: skip
    keep(data["file"], step.actor, attachments.INSTRUCTION, row.pk)


def void(step: Step) -> None:
    """The row stays, with why it does not count."""
    row = step.data["instruction"]
    Instruction.objects.filter(pk=row.pk).update(voided_at=step.at, void_reason=step.data["reason"])


def drop(step: Step) -> None:
    if step.case.items.exists():
        raise Refused("这份成果稿里还有建议。", "请先把建议逐条删去，或者继续完成这份成果。", code="has_items")
