"""撤并 of a room or of a unit, as it changes each open matter that it had."""

from grassroots.kinds import Came
from grassroots.models import Stay
from workflow.transition import Step


def succeed(step: Step) -> None:
    """In place: dates stay as they were. `room` is that of the new body, None where a unit ended."""
    merger, room = step.data["succession"], step.data["room"]
    step.on_behalf_of = merger.by
    step.facts |= {"old": merger.old.name, "new": merger.new.name, "document": merger.document, "body": merger.new.pk}
    step.case.items.running().filter(unit=merger.old).update(unit=merger.new)
    left = step.case.venue.organization
    if room is not None and merger.old.pk in (left.pk, left.successor_id):
        step.case.stays.filter(until__isnull=True).update(until=step.at)
        Stay.objects.create(matter=step.case, venue=room, how=Came.MERGED, since=step.at)
        step.case.meetings.filter(signed_at=None).update(venue=room)  # the minutes are signed by the room there is
        step.facts["room"] = room.pk
        step.write(venue=room)
