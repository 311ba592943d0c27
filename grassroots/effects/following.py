"""交办, 落实, 反馈, 评价: what becomes of what was agreed."""

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from grassroots import clocks
from grassroots.kinds import Progress, RatedBy, Verdict
from grassroots.models import ProgressNote, Rating
from grassroots.states import State
from members.models import Organization
from workflow.actors import is_system
from workflow.transition import Step


def assign(step: Step) -> None:
    """In a later round the things chosen begin again with a new date; a unit that was merged meanwhile hands on its own."""
    chosen, day = step.data.get("items"), step.data.get("due_on")
    if chosen:
        step.case.items.filter(pk__in=[item.pk for item in chosen]).update(
            progress=Progress.RUNNING, ended_on=None, due_on=day, unit=Coalesce(Subquery(_heir()), F("unit"))
        )
    clocks.start(step, clocks.HANDLE, _first_date(step))


def _heir():
    return Organization.objects.filter(pk=OuterRef("unit")).order_by().values("successor")[:1]


def _first_date(step: Step):
    rows = step.case.items.running().order_by("due_on")
    return rows.values_list("due_on", flat=True).first()


def report(step: Step) -> None:
    """One report on one thing agreed; when the last of them has ended the bringer is told."""
    item, data = step.data["item"], step.data
    ended = data["progress"] in Progress.ENDED
    item.progress, item.ended_on = data["progress"], step.day if ended else None
    item.save(update_fields=["progress", "ended_on"])
    ProgressNote.objects.create(item=item, progress=item.progress, text=data["text"], by=step.actor, at=step.at)
    step.facts["item"] = item.pk
    first = _first_date(step) if ended else step.case.due_on
    step.made = first is None
    clocks.start(step, clocks.ANSWER) if step.made else step.write(due_on=first)


def urge(step: Step) -> None:
    step.write(urged_on=step.day)


def extend(step: Step) -> None:
    item = step.data["item"]
    step.facts["old"] = item.due_on.isoformat()
    item.due_on = step.data["due_on"]
    item.save(update_fields=["due_on"])
    step.write(due_on=_first_date(step))


def answer(step: Step) -> None:
    step.write(answer=step.data["answer"])
    clocks.start(step, clocks.RATE)


def rate(step: Step) -> None:
    """不满意 opens the next round; everything else ends the matter."""
    way = RatedBy.CODE if is_system(step.actor) else RatedBy.ACCOUNT
    if is_system(step.actor):
        step.on_behalf_of = "提出议题的群众"
    _rate(step, way)


def rate_for(step: Step) -> None:
    step.on_behalf_of = "提出议题的群众"
    _rate(step, RatedBy.PROXY)


def _rate(step: Step, way: str) -> None:
    verdict, one = step.data["verdict"], step.case
    Rating.objects.create(
        matter=one, round=one.round, verdict=verdict, text=step.data.get("text", ""), way=way, at=step.at,
        is_late=one.state == State.CLOSED,
    )  # fmt: skip
    step.facts["verdict"] = verdict
    step.made = verdict == Verdict.DISSATISFIED
    if step.made:
        step.write(round=one.round + 1, closed_on=None)
        clocks.start(step, clocks.REHANDLE)
    else:
        close(step)


def close(step: Step) -> None:
    """A late rating does not move the day on which the matter was closed."""
    step.write(closed_on=step.case.closed_on or step.day)
    clocks.stop(step)


def signed_to(step: Step) -> str:
    return State.AGREED if step.made else State.DONE


def reported_to(step: Step) -> str:
    return State.DONE if step.made else State.HANDLING


def rated_to(step: Step) -> str:
    return State.AGREED if step.made else State.CLOSED


signed_to.targets = (State.AGREED, State.DONE)
reported_to.targets = (State.DONE, State.HANDLING)
rated_to.targets = (State.AGREED, State.CLOSED)
