"""协商会 and its 纪要: the record, the things agreed, the sign-off."""

from grassroots import clocks
from grassroots.kinds import ParticipantKind, Progress
from grassroots.models import Consensus, Meeting, Participant
from grassroots.states import State
from workflow.transition import Step

COUNTS = ("members", "stakeholders", "departments", "citizens", "experts")


def call(step: Step) -> None:
    """The date of the meeting is then the date of the step."""
    step.write(meeting_at=step.data["meeting_at"], meeting_place=step.data["meeting_place"])
    clocks.start(step, clocks.MEETING, step.data["meeting_at"].date())


def record(step: Step) -> None:
    meeting = _meeting(step)
    data = step.data
    for name in ("held_on", "place", "host_name", "talks", "not_agreed", *COUNTS):
        setattr(meeting, name, data[name])
    meeting.recorded_by, meeting.recorded_at = step.actor, step.at
    meeting.save()
    Participant.objects.bulk_create(
        Participant(meeting=meeting, person=person, kind=_kind(person)) for person in data["people"]
    )
    Consensus.objects.bulk_create(
        Consensus(
            matter=step.case, meeting=meeting, position=n, text=row.text, unit_id=row.unit_id,
            responsible=row.responsible, due_on=row.due_on,
        )
        for n, row in enumerate(data["items"], start=1)
    )  # fmt: skip
    step.facts["meeting"] = meeting.pk
    clocks.start(step, clocks.MINUTES)


def _kind(person) -> str:
    return ParticipantKind.MEMBER if person.is_member else ParticipantKind.DEPARTMENT


def _meeting(step: Step) -> Meeting:
    """A record that is not signed yet is written anew in its own row."""
    if step.case.state == State.MINUTES:
        meeting = unsigned(step.case)
        if meeting is not None:
            meeting.participants.all().delete()
            meeting.items.all().delete()
            return meeting
    return Meeting(matter=step.case, venue=step.case.venue)


def unsigned(matter) -> Meeting | None:
    return matter.meetings.filter(signed_at__isnull=True).order_by("-pk").first()


def sign(step: Step) -> None:
    """With something agreed it is handed out; with nothing agreed the bringer is told."""
    meeting = unsigned(step.case)
    meeting.signed_by, meeting.signed_at = step.actor, step.at
    meeting.save(update_fields=["signed_by", "signed_at"])
    step.made = step.case.items.running().exists()
    clocks.start(step, clocks.ASSIGN if step.made else clocks.ANSWER)


def drop_running(step: Step) -> None:
    """What was agreed and is not to be done any more, because the matter is talked over again or goes elsewhere."""
    if step.case.state == State.AGREED:
        step.case.items.running().update(progress=Progress.IMPOSSIBLE, ended_on=step.day)


def consult_again(step: Step) -> None:
    drop_running(step)
    step.write(meeting_at=None, meeting_place="")
    clocks.start(step, clocks.MEETING)
