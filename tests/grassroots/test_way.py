"""A matter's way: from the room to its end, and by every other turning."""


import pytest

from grassroots.history import events_of
from grassroots.models import Meeting, Participant, Rating
from grassroots.states import State
from members.periods import today
from tests.factories import grassroots as make
from workflow.chain import faults

pytestmark = pytest.mark.django_db


def test_from_the_room_to_its_rating(c, r):
    one = make.matter(r, "closed")
    meeting = Meeting.objects.get()
    assert (one.state, one.round, one.closed_on, one.due_on, one.step) == (State.CLOSED, 1, today(), None, "")
    assert [(i.position, i.who, i.progress) for i in one.items.order_by("position")] == [
        (1, "盆尧镇", "done"), (2, "村委会王主任", "impossible"),
    ]  # fmt: skip
    # Whoever is named is counted: a leader of the township is of the departments.
    assert (meeting.counts, meeting.people) == ([("委员", 1), ("部门", 1), ("群众", 6)], 8)
    assert [(p.person, p.kind) for p in Participant.objects.all()] == [(r.leader.person, "department")]
    assert list(Rating.objects.values_list("round", "verdict", "way")) == [(1, "satisfied", "code")]
    assert list(one.stays.values_list("venue", "until")) == [(r.village.pk, None)]
    assert list(faults(events_of(one), one.events_count, one.events_head)) == []
