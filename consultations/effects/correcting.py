"""议题: a survey, a meeting, a speech or an invitation that was entered wrongly is put right."""

from django.db.models import Max

from consultations import attachments, dates
from documents.models import Attachment
from workflow.transition import Step


def correct_survey(step: Step) -> None:
    survey = step.data["survey"]
    if step.data["remove"]:
        _remove(step, survey, attachments.SURVEY)
    else:
        _write(survey, step.data)


def correct_meeting(step: Step) -> None:
    """The date of the topic and what is counted from it follow."""
    meeting, topic = step.data["meeting"], step.case
    if step.data["remove"]:
        _remove(step, meeting, attachments.MEETING)
    else:
        if "on" not in step.data["before"]:
            _write(meeting, step.data)
            return
        meeting.minutes_due_on = dates.after(dates.MINUTES, step.data["on"])
        _write(meeting, step.data, "minutes_due_on")
    last = topic.meetings.aggregate(last=Max("on"))["last"]
    if last != topic.held_on:
        step.write(held_on=last, **dates.report_due(topic, last))


def correct_speech(step: Step) -> None:
    speech = step.data["speech"]
    if step.data["remove"]:
        speech.delete()
    else:
        _write(speech, step.data)


def uninvite(step: Step) -> None:
    people = [person.pk for person in step.data["persons"]]
    step.case.participants.filter(person__in=people).delete()
    step.facts["uninvited"] = people


def _write(row, data: dict, *more: str) -> None:
    """What was changed, in one statement; of a list of people, who left it and who came in one each."""
    many = {name for name in data["before"] if row._meta.get_field(name).many_to_many}
    single = data["before"].keys() - many
    for name in single:
        setattr(row, name, data[name])
    if single or more:
        row.save(update_fields=[*single, *more])
    for name in many:
        _write_people(row, name, {one.pk for one in data["before"][name]}, {one.pk for one in data[name]})


def _write_people(row, name: str, there: set[int], wanted: set[int]) -> None:
    links, own = getattr(row, name).through.objects, {row._meta.get_field(name).m2m_field_name(): row}
    if there - wanted:
        links.filter(**own, person__in=there - wanted).delete()
    links.bulk_create(links.model(**own, person_id=pk) for pk in sorted(wanted - there))


def _remove(step: Step, row, subject: str) -> None:
    """Its files stay with the topic."""
    files = Attachment.objects.filter(subject=subject, subject_id=row.pk)
    files.update(subject=attachments.TOPIC, subject_id=step.case.pk)
    row.delete()
