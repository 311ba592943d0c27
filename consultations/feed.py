"""Dates of a person's consultations for their calendar: the meetings, and what is due; act and number, never a title."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from notices.feed.sources import Entry
from notices.feed.todo import dated
from workflow.querysets import NEVER

from .models import Topic
from .roles import Role
from .states import TopicState
from .todo import todo_for

# Who attends or prepares the meeting.
ATTENDING = (Role.LEAD, Role.LEADER, Role.OPERATOR, Role.UNIT_LEADER, Role.PARTICIPANT)
LENGTH = timedelta(hours=3)


def entries(user) -> list[Entry]:
    return [*_meetings(user), *dated(todo_for(user))]


def _meetings(user) -> list[Entry]:
    clauses, mine = Topic.role_clauses(user), Q(pk__in=[])
    for role in ATTENDING:
        mine |= clauses[role] if clauses[role] != NEVER else Q(pk__in=[])
    rows = Topic.objects.filter(mine, state=TopicState.PREPARING, meets_on__isnull=False)
    return [_meeting(topic) for topic in rows.order_by("meets_on", "pk")]


def _meeting(topic: Topic) -> Entry:
    starts, ends = topic.meets_on, None
    if topic.meets_at:
        starts = timezone.make_aware(datetime.combine(topic.meets_on, topic.meets_at))
        ends = starts + LENGTH
    return Entry(
        key=f"topic-{topic.pk}-meeting", summary=f"协商会：{topic.number}", starts=starts, ends=ends,
        url=topic.get_absolute_url(), since=topic.dated_at,
    )  # fmt: skip
