"""Up, down, onward, offline: a matter leaves its room."""

from django.db import transaction
from django.db.models import Case, Value, When

from documents.uploads import remove_all
from exports import tending
from grassroots import clocks, onward
from grassroots.attachments import SUBJECT
from grassroots.kinds import Came
from grassroots.models import Consensus, Meeting, Onwarding, ProgressNote, Rating, Release, Stay
from notices.wiping import wipe_messages
from workflow.transition import Step
from xiping_cppcc.api.idempotency import forget_answers

from .meeting import drop_running

WIPED = "（已转线下办理，内容已清除）"
GONE = "（这件议题已转线下办理，原消息内容已清除。）"


def pass_up(step: Step) -> None:
    _move(step, step.case.venue.upper, Came.UP)


def pass_down(step: Step) -> None:
    _move(step, step.data["venue"], Came.DOWN)


def _move(step: Step, venue, how: str) -> None:
    """It leaves one room and enters the other in one statement each: the database allows one open stay."""
    step.facts |= {"from": step.case.venue_id, "to": venue.pk}
    drop_running(step)
    step.case.stays.filter(until__isnull=True).update(until=step.at)
    Stay.objects.create(matter=step.case, venue=venue, how=how, since=step.at)
    step.write(venue=venue, meeting_at=None, meeting_place="")
    clocks.start(step, clocks.SELECT)


def move_on(step: Step) -> None:
    """The fact is kept with the matter; the draft is made by whoever registered for it (onward.py)."""
    data = step.data
    drop_running(step)
    row = Onwarding.objects.create(
        matter=step.case, way=data["way"], person=data["person"], suggestions=data["suggestions"], at=step.at
    )
    step.write(answer=data["answer"], closed_on=step.day)
    clocks.stop(step)
    if onward.handler_of(row.way):
        transaction.on_commit(lambda: onward.convert(onward.waiting().filter(pk=row.pk)), robust=True)


def convert(step: Step) -> None:
    row = step.case.onward
    row.called, row.converted_at = onward.hand_on(row), step.at
    row.save(update_fields=["called", "converted_at"])
    step.facts["called"] = row.called


def go_offline(step: Step) -> None:
    """What is secret goes its own way on paper; here every word of it is taken out."""
    one = step.case
    step.write(
        title=WIPED, text=WIPED, place="", public_title="", public_text="", contact_name="", contact_phone="",
        answer="", findings="", surveyed_by="", meeting_place="", closed_on=one.closed_on or step.day,
    )  # fmt: skip
    clocks.stop(step)
    _wipe_rows(step)
    remove_all(SUBJECT, one.pk)
    tending.forget_all()
    wipe_messages([one.get_absolute_url()], GONE)
    forget_answers(f"matters/{one.pk}/")


def _wipe_rows(step: Step) -> None:
    one = step.case
    Release.objects.filter(matter=one).delete()
    ProgressNote.objects.filter(item__matter=one).update(text=WIPED)
    Consensus.objects.filter(matter=one).update(
        text=WIPED, responsible=Case(When(unit__isnull=True, then=Value(WIPED)), default=Value(""))
    )
    Meeting.objects.filter(matter=one).update(talks=WIPED, not_agreed="", place=WIPED, host_name=WIPED)
    Rating.objects.filter(matter=one).update(text="")
    Onwarding.objects.filter(matter=one).update(suggestions="", called="")
