"""议题: what its acts change besides the state."""

from consultations import attachments, dates
from consultations.kinds import Form
from consultations.models import Opinion, Outcome, Participant, Plan
from consultations.states import OutcomeState, PlanState
from deadlines.working_days import ONE_DAY
from members.act_files import keep
from members.models import Member
from members.periods import today
from workflow.errors import Refused
from workflow.transition import Step

FACE = ("kind", "form", "title", "background", "month", "lead", "attending")


def opened(step: Step) -> None:
    """The row was made whole by `opening`; an addition to a settled plan keeps its reason."""


def revise(step: Step) -> None:
    _not_settled_meanwhile(step)
    step.write(**{name: step.data[name] for name in FACE})


def adjust(step: Step) -> None:
    step.write(**{name: step.data[name] for name in FACE})


def drop(step: Step) -> None:
    _not_settled_meanwhile(step)


def _not_settled_meanwhile(step: Step) -> None:
    """The plan is locked and asked again: while it is being issued nothing leaves it or changes in it unseen."""
    plan = step.case.plan_id and Plan._base_manager.select_for_update().values("state").get(pk=step.case.plan_id)
    if plan and plan["state"] in PlanState.SETTLED:
        raise Refused(
            "计划刚刚确定，这个议题不能再直接改动。", "请用“调整议题”或“取消议题”，并写明理由。", code="settled"
        )


def name_units(step: Step) -> None:
    topic, links = step.case, type(step.case).units.through.objects
    step.write(leader=step.data["leader"])
    links.filter(topic=topic).delete()
    links.bulk_create(type(topic).units.through(topic=topic, organization=unit) for unit in step.data["units"])


def start(step: Step) -> None:
    step.write(scheme=step.data["scheme"])


def set_date(step: Step) -> None:
    """The notice and the materials are due by the rules, counted back from the meeting."""
    data = step.data
    step.write(
        meets_on=data["meets_on"], meets_at=data["meets_at"], place=data["place"], dated_at=step.at,
        **due_dates(data["meets_on"]),
    )  # fmt: skip


def due_dates(meets_on, book=None) -> dict:
    return {
        "notice_due_on": dates.before(dates.NOTICE, meets_on, book),
        "materials_due_on": dates.before(dates.MATERIALS, meets_on, book),
    }


def invite(step: Step) -> None:
    """The people by name, and whoever sits today in the sectors and groups."""
    topic, bodies = step.case, list(step.data["bodies"])
    people = {person.pk for person in step.data["persons"]}
    if bodies:
        seats = Member.objects.in_office(today())
        seats = seats.filter(sector__in=bodies) | seats.filter(group__in=bodies)
        people |= set(seats.values_list("person_id", flat=True))
    known = set(topic.participants.values_list("person_id", flat=True))
    new = sorted(people - known)
    if not new:
        raise Refused("所选的人都已经邀请过了。", "请另选，或者不用再邀请。", code="nobody_new")
    Participant.objects.bulk_create(Participant(topic=topic, person_id=pk, invited_at=step.at) for pk in new)
    step.facts["invited"] = len(new)


def send_notice(step: Step) -> None:
    step.write(notice_on=step.day, notice=step.data["notice"])
    keep(step.data["file"], step.actor, attachments.TOPIC, step.case.pk)


def send_materials(step: Step) -> None:
    step.write(materials_on=step.day, materials=step.data["materials"])
    keep(step.data["file"], step.actor, attachments.TOPIC, step.case.pk)


def add_file(step: Step) -> None:
    keep(step.data["file"], step.actor, attachments.TOPIC, step.case.pk)


def add_survey(step: Step) -> None:
    data, topic = step.data, step.case
    names = ("first_day", "last_day", "places", "others", "findings")
    survey = topic.surveys.create(**{name: data[name] for name in names})
    team = type(survey).team.through
    team.objects.bulk_create(team(survey=survey, person=person) for person in data["team"])
    keep(data["file"], step.actor, attachments.SURVEY, survey.pk)


def ask_opinions(step: Step) -> None:
    data = step.data
    step.write(
        mode=data["mode"], question=data["question"], is_anonymous=data["is_anonymous"], asked_at=step.at,
        opinions_until=data["until"],
    )  # fmt: skip


def stop_opinions(step: Step) -> None:
    """From today on nothing more is taken; what was submitted stays, for those among whom it was asked."""
    step.write(opinions_until=step.day - ONE_DAY)


def group(step: Step) -> None:
    """Only submitted ones of this topic come from the form."""
    keys = [opinion.pk for opinion in step.data["opinions"]]
    Opinion.objects.filter(pk__in=keys).update(heading=step.data["heading"])
    step.facts["grouped"] = len(keys)


def hold(step: Step) -> None:
    data, topic = step.data, step.case
    names = ("form", "on", "place", "chair", "others", "absent", "summary")
    given = {name: data[name] for name in names}
    meeting = topic.meetings.create(**given, minutes_due_on=dates.after(dates.MINUTES, data["on"]))
    present = type(meeting).present.through
    present.objects.bulk_create(present(meeting=meeting, person=person) for person in data["present"])
    step.write(held_on=data["on"], **dates.report_due(topic, data["on"]))
    step.facts["form"] = Form(data["form"]).label


def record_speech(step: Step) -> None:
    data = step.data
    names = ("kind", "person", "name", "unit", "text")
    data["meeting"].speeches.create(**{name: data[name] for name in names})


def issue_minutes(step: Step) -> None:
    data, meeting = step.data, step.data["meeting"]
    meeting.minutes_on, meeting.minutes_number = data["on"], data["number"]
    meeting.save(update_fields=["minutes_on", "minutes_number"])
    keep(data["file"], step.actor, attachments.MEETING, meeting.pk)


def draft_outcome(step: Step) -> None:
    outcome = Outcome(
        topic=step.case, state=OutcomeState.DRAFT, kind=step.data["kind"], title=step.data["title"],
        author_id=step.actor.pk, saved_at=step.at,
    )  # fmt: skip
    outcome.save()
    step.facts["outcome"] = outcome.pk


def report(step: Step) -> None:
    step.write(reported_on=step.data["on"])


def feed_back(step: Step) -> None:
    step.write(fed_back_on=step.day, feedback=step.data["feedback"])


def close(step: Step) -> None:
    step.write(closed_on=step.day)


def redate(step: Step) -> None:
    """The calendar or a rule was changed: `dates` of the topic, `minutes` of its meetings."""
    step.write(**step.data["dates"])
    for meeting, day in step.data["minutes"].items():  # only those that are still as they were when it was counted
        as_read = step.case.meetings.filter(pk=meeting.pk, on=meeting.on, minutes_on=None)
        as_read.update(minutes_due_on=day)


def succeed(step: Step) -> None:
    """撤并 of the committee that leads, of a unit that helps or was asked: who stands in whose place, on which paper."""
    one = step.data["succession"]
    step.facts["shown"] = [["撤并", f"{one.old.name}并入{one.new.name}"], ["依据", one.document]]
