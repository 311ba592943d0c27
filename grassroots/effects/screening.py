"""初选, 不予受理, 公示, 公开, 调研: what these acts change besides the state."""

from grassroots import clocks
from grassroots.models import Release
from grassroots.releasing import release_of
from workflow.transition import Step

OPEN = {"withdrawn_at__isnull": True}


def select(step: Step) -> None:
    data, one = step.data, step.case
    step.write(
        category=data["category"], public_title=data["public_title"] or one.title,
        public_text=data["public_text"] or one.text, answer="",
    )  # fmt: skip
    clocks.start(step, clocks.POST)


def decline(step: Step) -> None:
    """What a lower room had released of it stays, and says that it was not taken on (words.public_note)."""
    step.write(refusal=step.data["refusal"], answer=step.data["advice"], closed_on=step.day)
    clocks.stop(step)


def reconsider(step: Step) -> None:
    step.write(refusal="", answer="", closed_on=None)
    clocks.start(step, clocks.SELECT)


def post(step: Step) -> None:
    release(step)
    clocks.start(step, clocks.POSTING)


def release(step: Step) -> None:
    """The newest text takes the place of the one before it."""
    _withdraw(step, "公开新的内容")
    one = release_of(step.data["draft"], step.actor, step.at)
    one.save(force_insert=True)
    step.facts["release"] = one.pk


def unrelease(step: Step) -> None:
    _withdraw(step, step.data["reason"])


def _withdraw(step: Step, reason: str) -> None:
    rows = Release.objects.filter(matter=step.case, withdrawn_at__isnull=True)
    rows.update(withdrawn_at=step.at, withdrawn_because=reason)


def end_posting(step: Step) -> None:
    clocks.start(step, clocks.SURVEY)


def record_survey(step: Step) -> None:
    data = step.data
    step.write(surveyed_on=data["surveyed_on"], surveyed_by=data["surveyed_by"], findings=data["findings"])
    clocks.start(step, clocks.MEETING)
