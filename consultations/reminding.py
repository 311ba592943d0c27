"""The due dates of topics, for notices.reminders: what is to go out before a meeting and after it, members' opinions,
answers and measures of the units. Each kind one set-based query."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q

from deadlines.rules import as_date
from members.models import Post
from members.posts import Posts, dispatch_systems_for, everybodys_posts, posts_of
from notices.reminders.sources import Audience, DueRow, Window

from . import dates
from .models import Meeting, Opinion, Participant, Recommendation, Topic
from .roles import WORKING, works_in_house
from .states import ItemState, OpinionState, TopicState


class People:
    """Everybody's posts of today, read once."""

    def __init__(self):
        self._by_post: dict[tuple, set[int]] = defaultdict(set)
        self._by_person: dict[int, int] = {}
        self._offices: list[tuple[int, set[str]]] = []
        for user_id, posts in everybodys_posts().items():
            self._place(user_id, posts)

    def _place(self, user_id: int, posts: Posts) -> None:
        self._by_person[posts.person_id] = user_id
        for held in posts.held:
            self._by_post[held.organization_id, held.post].add(user_id)
        if systems := posts.dispatch_systems():
            self._offices.append((user_id, systems))

    def at(self, body: int, *posts: str) -> set[int]:
        return set().union(*(self._by_post.get((body, post), ()) for post in posts))

    def person(self, pk: int | None) -> set[int]:
        return {self._by_person[pk]} if pk in self._by_person else set()

    def dispatch(self, system: str) -> set[int]:
        wanted = dispatch_systems_for(system)
        return {user for user, systems in self._offices if "" in systems or systems & wanted or system in systems}


def due_rows(window: Window) -> Iterator[DueRow]:
    """One query while nothing is due; everybody's posts are read only when somebody may have to be told."""
    if not _is_anything_due(window):
        return
    people = People()
    yield from _before_meetings(window, people)
    yield from _minutes(window, people)
    yield from _opinions(window, people)
    yield from _items(window, people)


def _is_anything_due(window: Window) -> bool:
    until = window.until
    preparing = Q(state=TopicState.PREPARING) & (
        Q(notice_on=None, notice_due_on__lte=until) | Q(materials_on=None, materials_due_on__lte=until)
        | ~Q(mode="") & Q(opinions_until__range=(window.today, until))
    )  # fmt: skip
    minutes = Meeting.objects.filter(topic=OuterRef("pk"), minutes_on=None, minutes_due_on__lte=until)
    asked = Q(state=ItemState.WAITING, answer_due_on__lte=until) | Q(state=ItemState.DOING, due_on__lte=until)
    items = Recommendation.objects.sent().filter(asked, topic=OuterRef("pk"))
    return Topic.objects.filter(preparing | Exists(minutes) | Exists(items)).exists()


def sees_all(user) -> bool:
    """Whoever works in the house reads every topic (roles.py)."""
    return works_in_house(posts_of(user))


def _before_meetings(window: Window, people: People) -> Iterator[DueRow]:
    rows = Topic.objects.filter(state=TopicState.PREPARING, meets_on__isnull=False).order_by()
    for topic in rows.only("year", "serial", "lead_id", "leader_id", "meets_on", "dated_at", "notice_due_on", "notice_on",
                           "materials_due_on", "materials_on"):  # fmt: skip
        for step, due_on, done_on in (
            (dates.NOTICE, topic.notice_due_on, topic.notice_on),
            (dates.MATERIALS, topic.materials_due_on, topic.materials_on),
        ):
            if due_on and done_on is None:
                yield from _of_lead(topic, topic.pk, step, due_on, topic.dated_at, window, people)


def _minutes(window: Window, people: People) -> Iterator[DueRow]:
    rows = Meeting.objects.filter(minutes_on=None, minutes_due_on__lte=window.until).select_related("topic").order_by()
    for meeting in rows.exclude(topic__state__in=TopicState.FINISHED):
        due_on = meeting.minutes_due_on
        yield from _of_lead(meeting.topic, meeting.pk, dates.MINUTES, due_on, meeting.on, window, people)


def _of_lead(  # noqa: PLR0913
    topic: Topic, pk: int, step: str, due_on: date, started, window: Window, people: People
) -> list[DueRow]:
    told = {Audience.HOLDER: people.at(topic.lead_id, *WORKING), Audience.LEADING: people.person(topic.leader_id)}
    return _row(topic, step, due_on, started, told, window, pk=pk)


def _opinions(window: Window, people: People) -> Iterator[DueRow]:
    """Who was invited and has not submitted yet; other members may speak and are not pressed."""
    topics = {
        topic.pk: topic for topic in Topic.objects.collecting(window.today).filter(opinions_until__lte=window.until)
    }
    if not topics:
        return
    said = Opinion.objects.filter(topic__in=topics, state=OpinionState.SUBMITTED).order_by()
    done = set(said.values_list("topic_id", "person_id"))
    waiting: dict[int, set[int]] = defaultdict(set)
    for key, person in Participant.objects.filter(topic__in=topics).order_by().values_list("topic_id", "person_id"):
        if (key, person) not in done:
            waiting[key] |= people.person(person)
    for key, users in waiting.items():
        topic = topics[key]
        told = {Audience.HOLDER: users}
        yield from _row(topic, dates.OPINION, topic.opinions_until, topic.asked_at, told, window)


def _items(window: Window, people: People) -> Iterator[DueRow]:
    rows = Recommendation.objects.sent().filter(state__in=ItemState.URGED).select_related("unit", "topic").order_by()
    for item in rows:
        answering = item.state == ItemState.WAITING
        due_on = item.answer_due_on if answering else item.due_on
        told = {
            Audience.HOLDER: people.at(item.unit_id, Post.OPERATOR),
            Audience.UNIT_LEADER: people.at(item.unit_id, Post.UNIT_LEADER),
            Audience.DISPATCH: people.dispatch(item.unit.system),
            Audience.LEADING: people.person(item.topic.leader_id),
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
