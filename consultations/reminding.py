"""The due dates of topics, for notices.reminders: what is to go out before a meeting and after it, members' opinions,
answers and measures of the units. Each kind one set-based query."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from deadlines.rules import as_date
from members.models import Post
from members.posts import posts_of
from notices.reminders.sources import Audience, DueRow, Window
from workflow.asking import Asked

from . import dates
from .models import Meeting, Opinion, Participant, Recommendation, Topic
from .roles import WORKING, works_in_house
from .states import ItemState, OpinionState, TopicState


def asked(window: Window) -> Iterator[Asked]:
    yield Asked(_preparing(window), lambda rows: _before_meetings(rows, window))
    yield Asked(_held(window), lambda rows: _minutes(rows, window))
    yield Asked(_unreported(window), lambda rows: _reports(rows, window))
    yield Asked(_collecting(window), lambda rows: _opinions(rows, window))
    yield Asked(_urged(window), lambda rows: _items(rows, window))


def sees_all(user) -> bool:
    """Whoever works in the house reads every topic (roles.py)."""
    return works_in_house(posts_of(user))


def _preparing(window: Window):
    until = window.until
    near = Q(notice_on=None, notice_due_on__lte=until) | Q(materials_on=None, materials_due_on__lte=until)
    rows = Topic.objects.filter(near, state=TopicState.PREPARING, meets_on__isnull=False).order_by()
    return rows.only("year", "serial", "lead_id", "leader_id", "meets_on", "dated_at", "notice_due_on", "notice_on",
                     "materials_due_on", "materials_on")  # fmt: skip


def _before_meetings(rows, window: Window) -> Iterator[DueRow]:
    for topic in rows:
        for step, due_on, done_on in (
            (dates.NOTICE, topic.notice_due_on, topic.notice_on),
            (dates.MATERIALS, topic.materials_due_on, topic.materials_on),
        ):
            if due_on and done_on is None:
                yield from _of_lead(topic, topic.pk, step, due_on, topic.dated_at, window)


def _held(window: Window):
    rows = Meeting.objects.filter(minutes_on=None, minutes_due_on__lte=window.until).select_related("topic").order_by()
    return rows.exclude(topic__state__in=TopicState.FINISHED)


def _minutes(rows, window: Window) -> Iterator[DueRow]:
    for meeting in rows:
        due_on = meeting.minutes_due_on
        yield from _of_lead(meeting.topic, meeting.pk, dates.MINUTES, due_on, meeting.on, window)


def _unreported(window: Window):
    return Topic.objects.filter(state=TopicState.HELD, reported_on=None, report_due_on__lte=window.until).order_by()


def _reports(rows, window: Window) -> Iterator[DueRow]:
    for topic in rows:
        yield from _of_lead(topic, topic.pk, dates.REPORT, topic.report_due_on, topic.held_on, window)


def _of_lead(topic: Topic, pk: int, step: str, due_on: date, started, window: Window) -> list[DueRow]:  # noqa: PLR0913
    people = window.people
    told = {Audience.HOLDER: people.at(topic.lead_id, *WORKING), Audience.LEADING: people.persons([topic.leader_id])}
    return _row(topic, step, due_on, started, told, window, pk=pk)


def _collecting(window: Window):
    return Topic.objects.collecting(window.today).filter(opinions_until__lte=window.until)


def _opinions(rows, window: Window) -> Iterator[DueRow]:
    """Who was invited and has not submitted yet; other members may speak and are not pressed."""
    topics = {topic.pk: topic for topic in rows}
    said = Opinion.objects.filter(topic__in=topics, state=OpinionState.SUBMITTED).order_by()
    done = set(said.values_list("topic_id", "person_id"))
    waiting: dict[int, set[int]] = defaultdict(set)
    for key, person in Participant.objects.filter(topic__in=topics).order_by().values_list("topic_id", "person_id"):
        if (key, person) not in done:
            waiting[key] |= window.people.persons([person])
    for key, users in waiting.items():
        topic = topics[key]
        told = {Audience.HOLDER: users}
        yield from _row(topic, dates.OPINION, topic.opinions_until, topic.asked_at, told, window)


def _urged(window: Window):
    until = window.until
    near = Q(state=ItemState.WAITING, answer_due_on__lte=until) | Q(state=ItemState.DOING, due_on__lte=until)
    rows = Recommendation.objects.sent().filter(near, state__in=ItemState.URGED)
    return rows.select_related("unit", "topic").order_by()


def _items(rows, window: Window) -> Iterator[DueRow]:
    people = window.people
    for item in rows:
        answering = item.state == ItemState.WAITING
        due_on = item.answer_due_on if answering else item.due_on
        told = {
            Audience.HOLDER: people.at(item.unit_id, Post.OPERATOR),
            Audience.UNIT_LEADER: people.at(item.unit_id, Post.UNIT_LEADER),
            Audience.DISPATCH: people.dispatch(item.unit.system),
            Audience.LEADING: people.persons([item.topic.leader_id]),
        }
        step = dates.ANSWER if answering else dates.MEASURE
        yield from _row(item, step, due_on, item.asked_at, told, window)


def _row(  # noqa: PLR0913
    case, step: str, due_on: date | None, started, people: dict, window: Window, pk: int | None = None
) -> list[DueRow]:
    if due_on is None or due_on > window.until:
        return []
    kind = "consult_meeting" if step == dates.MINUTES else case.process_name
    return [
        DueRow(
            case_kind=kind, case_id=pk or case.pk, step=step, due_on=due_on,
            started_on=as_date(started) if started else due_on, number=case.number, url=case.get_absolute_url(),
            people=people,
        )
    ]  # fmt: skip
