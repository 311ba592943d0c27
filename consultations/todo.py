"""What waits for a user in the consultations: the sources of 我的待办, each one set-based query or two."""

from collections.abc import Iterator
from dataclasses import replace

from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.urls import reverse

from deadlines import book as books
from deadlines.book import Book
from members.periods import today
from members.posts import posts_of
from workflow.asking import Asked, answers
from workflow.querysets import NEVER
from workflow.todo import TodoItem

from . import dates
from .acts import ItemAct, OutcomeAct, TopicAct
from .models import Meeting, Opinion, Outcome, Participant, Plan, Recommendation, Topic
from .roles import Role, offices_of
from .states import IdeaState, ItemState, OpinionState, OutcomeState, PlanState, TopicState

SHOWN = 200


def todo_for(user, book: Book | None = None) -> list[TodoItem]:
    """Everything in the consultations that this user is to do now, in no order."""
    return list(answers(asked(user, book or books.load())))


def asked(user, book: Book) -> Iterator[Asked]:
    return (question for source in SOURCES for question in source(user, book))


def to_say(user, book: Book) -> Iterator[Asked]:
    """Invited and not submitted, while opinions are taken; whoever only may speak finds it on the topics' page."""
    posts = posts_of(user)
    if not posts.is_member:
        return
    invited = Participant.objects.filter(topic=OuterRef("pk"), person=posts.person_id)
    said = Opinion.objects.filter(topic=OuterRef("pk"), person=posts.person_id, state=OpinionState.SUBMITTED)
    rows = Topic.objects.collecting(today()).filter(Exists(invited), ~Exists(said)).order_by("opinions_until", "pk")
    yield Asked(rows, lambda rows: [_to_say(topic, book) for topic in rows[:SHOWN]])


def _to_say(topic: Topic, book: Book) -> TodoItem:
    url = reverse("consultations:opinion", args=[topic.pk])
    return _item(topic, "发表协商意见", url, "", topic.asked_at, topic.opinions_until, dates.OPINION, book)


def to_lead(user, book: Book) -> Iterator[Asked]:
    """Of the topics one's committee leads: to start, what must go out before the meeting, its minutes, outcomes to be signed
    by the head or to be sent, what units report as done. One query while there is nothing, one more for each that there is."""
    clauses = Topic.role_clauses(user)
    mine = clauses[Role.LEAD]
    if mine == NEVER:
        return
    yield Asked(_waiting(mine), lambda rows: _led(user, list(rows[:SHOWN]), book))


def _led(user, topics: list[Topic], book: Book) -> list[TodoItem]:
    found = [item for topic in topics for item in _of_topic(topic, book)]
    for asked, source in (("has_minutes", _minutes), ("has_outcomes", _outcomes), ("has_items", _items)):
        if keys := [topic.pk for topic in topics if getattr(topic, asked)]:
            found += source(user, keys, book)
    return found


def _waiting(mine: Q):
    """The topics with something to do, and what kind of thing."""
    day = today()
    this_year = Q(year=day.year) & (Q(month__lte=day.month + 2) | Q(month=None))
    near = Q(state=TopicState.WAITING) & (this_year | Q(year__lt=day.year))
    dated = Q(state=TopicState.PREPARING, meets_on__isnull=False)
    minutes = Meeting.objects.filter(topic=OuterRef("pk"), minutes_on=None)
    outcomes = Outcome.objects.filter(topic=OuterRef("pk"), state__in=(OutcomeState.SUBMITTED, OutcomeState.SIGNED))
    items = Recommendation.objects.filter(topic=OuterRef("pk"), state=ItemState.REPORTED)
    rows = (
        Topic.objects.issued()
        .filter(mine)
        .annotate(has_minutes=Exists(minutes), has_outcomes=Exists(outcomes), has_items=Exists(items))
    )
    written = Outcome.objects.filter(topic=OuterRef("pk")).exclude(state=OutcomeState.DROPPED)
    unwritten = Q(state=TopicState.HELD) & ~Exists(written)
    answered = ~Exists(Recommendation.objects.sent().filter(topic=OuterRef("pk"), state__in=ItemState.OPEN))
    over = Q(state=TopicState.TRACKING) & answered
    rows = rows.annotate(is_unwritten=_flag(unwritten), is_over=_flag(over))
    asked = Q(has_minutes=True) | Q(has_outcomes=True) | Q(has_items=True)
    rows = rows.filter(dated | near | asked | Q(is_unwritten=True) | Q(is_over=True))
    return rows.exclude(state__in=TopicState.FINISHED).order_by("meets_on", "year", "month", "pk")


def _flag(clause: Q) -> Case:
    return Case(When(clause, then=Value(True)), default=Value(False))


def _of_topic(topic: Topic, book: Book) -> list[TodoItem]:
    if topic.is_unwritten or topic.is_over:
        return [_to_finish(topic, book)]
    if topic.state == TopicState.PREPARING and topic.meets_on:
        return _before(topic, book)
    return [_to_start(topic, book)] if topic.state == TopicState.WAITING else []


def _minutes(user, topics: list[int], book: Book) -> list[TodoItem]:
    rows = Meeting.objects.filter(topic__in=topics, minutes_on=None).select_related("topic")
    act = TopicAct.ISSUE_MINUTES
    found = []
    for one in rows.order_by("minutes_due_on", "pk"):
        url = f"{act_url(one.topic, act)}?meeting={one.pk}"
        line = _item(one.topic, "印发会议纪要", url, act, one.on, one.minutes_due_on, dates.MINUTES, book)
        found.append(replace(line, part=str(one.pk)))
    return found


def _outcomes(user, topics: list[int], book: Book) -> list[TodoItem]:
    """Signed, to be sent by the committee; to be signed by its head where the topic has no leader."""
    clauses = Outcome.role_clauses(user)
    wanted = Q(state=OutcomeState.SIGNED)
    if clauses[Role.LEAD_HEAD] != NEVER:
        wanted |= Q(state=OutcomeState.SUBMITTED, topic__leader=None) & clauses[Role.LEAD_HEAD]
    rows = Outcome.objects.for_acting().filter(wanted, topic__in=topics).order_by("saved_at", "pk")
    return [_of_outcome(one, book) for one in rows]


def _items(user, topics: list[int], book: Book) -> list[TodoItem]:
    """Reported as done. The date was the unit's, not theirs."""
    rows = (
        Recommendation.objects.for_acting().filter(topic__in=topics, state=ItemState.REPORTED).order_by("done_on", "pk")
    )
    act = ItemAct.CONFIRM
    return [_item(one, "确认建议落实", one.get_absolute_url(), act, None, None, "", book) for one in rows]


def _to_start(topic: Topic, book: Book) -> TodoItem:
    return _item(topic, "启动协商议题", act_url(topic, TopicAct.START), TopicAct.START, None, None, "", book)


def _to_finish(topic: Topic, book: Book) -> TodoItem:
    """After the meeting its outcome is written; when nothing is open any more, everybody is told and the topic closed."""
    if topic.is_unwritten:
        act, what = TopicAct.DRAFT_OUTCOME, "起草协商成果"
        url = act_url(topic, act)
        return _item(topic, what, url, act, topic.held_on, topic.report_due_on, dates.REPORT, book)
    if topic.fed_back_on is None:
        act, what = TopicAct.FEED_BACK, "向参加人员反馈"
    else:
        act, what = TopicAct.CLOSE, "办结协商议题"
    return _item(topic, what, act_url(topic, act), act, None, None, "", book)


def _before(topic: Topic, book: Book) -> list[TodoItem]:
    found = []
    for step, act, what, due_on, done_on in (
        (dates.NOTICE, TopicAct.SEND_NOTICE, "发出协商通知", topic.notice_due_on, topic.notice_on),
        (dates.MATERIALS, TopicAct.SEND_MATERIALS, "发出会议材料", topic.materials_due_on, topic.materials_on),
    ):
        if done_on is None:
            found.append(_item(topic, what, act_url(topic, act), act, topic.dated_at, due_on, step, book))
    if topic.meets_on <= today():
        act = TopicAct.HOLD
        found.append(_item(topic, "登记协商会", act_url(topic, act), act, topic.dated_at, topic.meets_on, "", book))
    return found


def to_sign(user, book: Book) -> Iterator[Asked]:
    """Outcomes that wait for the leader of their topic."""
    mine = Outcome.role_clauses(user)[Role.LEADER]
    if mine == NEVER:
        return
    rows = Outcome.objects.for_acting().filter(mine, state=OutcomeState.SUBMITTED).order_by("saved_at", "pk")
    yield Asked(rows, lambda rows: [_of_outcome(one, book) for one in rows[:SHOWN]])


def _of_outcome(one: Outcome, book: Book) -> TodoItem:
    waits = one.state == OutcomeState.SUBMITTED
    act, what = (OutcomeAct.SIGN, "审签协商成果") if waits else (OutcomeAct.SEND, "报送协商成果")
    url = reverse("consultations:outcome_act", args=[one.pk, act])
    topic = one.topic
    due_on = None if topic.reported_on else topic.report_due_on
    return replace(_item(one, what, url, act, topic.held_on, due_on, dates.REPORT, book), since=one.saved_at)


def to_answer(user, book: Book) -> Iterator[Asked]:
    """A unit's: to answer, and to do what was promised; asked again until it is done, whatever the year."""
    mine = Recommendation.role_clauses(user)[Role.OPERATOR]
    if mine == NEVER:
        return
    rows = Recommendation.objects.for_acting().filter(mine, state__in=ItemState.URGED).order_by("answer_due_on", "pk")
    yield Asked(rows, lambda rows: [_of_unit(one, book) for one in rows[:SHOWN]])


def _of_unit(item: Recommendation, book: Book) -> TodoItem:
    if item.state == ItemState.WAITING:
        url = reverse("consultations:item_act", args=[item.pk, ItemAct.ANSWER])
        return _item(item, "答复协商建议", url, ItemAct.ANSWER, item.asked_at, item.answer_due_on, dates.ANSWER, book)
    return _item(item, "落实协商建议", item.get_absolute_url(), "", item.asked_at, item.due_on, dates.MEASURE, book)


def to_study(user, book: Book) -> Iterator[Asked]:
    """The office's: topics that were suggested and not yet looked at, one line for the plan of a year."""
    if not offices_of(posts_of(user)):
        return
    waiting = Count("ideas", filter=Q(ideas__state=IdeaState.WAITING))
    rows = Plan.objects.filter(state=PlanState.DRAFT).annotate(waiting=waiting).filter(waiting__gt=0).order_by("year")
    yield Asked(rows, lambda rows: [_to_study(plan, book) for plan in rows])


def _to_study(plan: Plan, book: Book) -> TodoItem:
    ideas = f"{reverse('consultations:ideas')}?state={IdeaState.WAITING}&year={plan.year}"
    return _item(plan, f"研究征集的议题（{plan.waiting} 条）", ideas, "", None, None, "", book)


SOURCES = (to_study, to_say, to_lead, to_sign, to_answer)


def act_url(topic: Topic, act: str) -> str:
    return reverse("consultations:topic_act", args=[topic.pk, act])


def _item(case, what: str, url: str, act: str, since, due_on, step: str, book: Book) -> TodoItem:  # noqa: PLR0913
    colour, word = dates.sign(step, since, due_on, book) if due_on else ("", "")
    return TodoItem(
        process=case.process_name, object_id=case.pk, number=case.number, title=str(case), what=what, url=url,
        case_url=case.get_absolute_url(), act=str(act), since=since if hasattr(since, "hour") else None, due_on=due_on,
        colour=colour, word=word,
    )  # fmt: skip
