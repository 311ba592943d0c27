"""议题: a survey, a meeting, a speech or an invitation that was entered wrongly is put right."""

from django.db.models import Max

from consultations import attachments, dates
from consultations.forms.correcting import CorrectMeetingForm, CorrectSpeechForm, CorrectSurveyForm
from documents.models import Attachment
from workflow.transition import Step


def correct_survey(step: Step) -> None:
    survey = step.data["survey"]
    if step.data["remove"]:
        _remove(step, survey, attachments.SURVEY)
    else:
        _write(survey, step.data, CorrectSurveyForm.own)


def correct_meeting(step: Step) -> None:
    """The date of the topic and what is counted from it follow."""
    meeting, topic = step.data["meeting"], step.case
    if step.data["remove"]:
        _remove(step, meeting, attachments.MEETING)
    else:
        if meeting.on != step.data["on"]:
            meeting.minutes_due_on = dates.after(dates.MINUTES, step.data["on"])
        _write(meeting, step.data, CorrectMeetingForm.own, "minutes_due_on")
    last = topic.meetings.aggregate(last=Max("on"))["last"]
    if last != topic.held_on:
        step.write(held_on=last, **dates.report_due(topic, last))


def correct_speech(step: Step) -> None:
    speech = step.data["speech"]
    if step.data["remove"]:
        speech.delete()
    else:
        _write(speech, step.data, CorrectSpeechForm.own)


def uninvite(step: Step) -> None:
    people = [person.pk for person in step.data["persons"]]
    step.case.participants.filter(person__in=people).delete()
    step.facts["uninvited"] = people


def _write(row, data: dict, names: tuple[str, ...], *more: str) -> None:
    """One statement for the row; two for a list of people that is another now."""
    many = {name for name in names if row._meta.get_field(name).many_to_many}
    for name in set(names) - many:
        setattr(row, name, data[name])
    row.save(update_fields=[*(set(names) - many), *more])
    for name in many:
        links = getattr(row, name).through.objects
        own = {row._meta.get_field(name).m2m_field_name(): row}
        if set(links.filter(**own).values_list("person_id", flat=True)) != {one.pk for one in data[name]}:
            links.filter(**own).delete()
            links.bulk_create(links.model(**own, person=one) for one in data[name])


def _remove(step: Step, row, subject: str) -> None:
    """Its files stay with the topic."""
    files = Attachment.objects.filter(subject=subject, subject_id=row.pk)
    files.update(subject=attachments.TOPIC, subject_id=step.case.pk)
    row.delete()
