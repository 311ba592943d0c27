"""Dates counted from a meeting, back or on, after the calendar or a rule changed (deadlines.recompute)."""

from datetime import date

from django.db.models import Q

from deadlines import book as books
from deadlines.recompute import Change
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.errors import Refused

from . import dates
from .acts import TopicAct
from .effects.topic import due_dates
from .models import Meeting, Topic
from .states import TopicState

NAMES = {"notice_due_on": "协商通知", "materials_due_on": "会议材料", "report_due_on": "报送协商成果"}


def recompute_topics() -> list[Change]:
    """What has not gone out yet gets the date that the calendar and the rules of now give; one act for each topic."""
    book, found = books.load(), []
    minutes = _minutes(book)
    before = Q(state=TopicState.PREPARING, meets_on__isnull=False)
    after = Q(state=TopicState.HELD, reported_on=None, report_due_on__isnull=False)
    for topic in Topic.objects.filter(before | after | Q(pk__in=minutes)).order_by("pk"):
        new, meetings = _new_dates(topic, book), minutes.get(topic.pk, {})
        if new or meetings:
            found += [
                Change(f"{topic.number} {NAMES[n]}", getattr(topic, n), day, topic.get_absolute_url())
                for n, day in new.items()
            ]
            found += [
                Change(f"{topic.number} 会议纪要", one.minutes_due_on, day, topic.get_absolute_url())
                for one, day in meetings.items()
            ]
            perform(TopicAct.REDATE, topic, SYSTEM, {"dates": new, "minutes": meetings})
    return found


def _minutes(book) -> dict[int, dict[Meeting, date]]:
    """Topic → its meetings whose minutes are still to be issued, with their new dates."""
    found: dict[int, dict[Meeting, date]] = {}
    rows = Meeting.objects.filter(minutes_on=None, minutes_due_on__isnull=False, topic__state__in=TopicState.UNDER_WAY)
    for meeting in rows.order_by("topic_id", "on", "pk"):
        try:
            day = dates.after(dates.MINUTES, meeting.on, book)
        except Refused:  # no rule for that day: the old date stands
            continue
        if day != meeting.minutes_due_on:
            found.setdefault(meeting.topic_id, {})[meeting] = day
    return found


def _new_dates(topic: Topic, book) -> dict:
    try:
        wanted = _wanted(topic, book)
    except Refused:  # no rule for that day: the old date stands
        return {}
    sent = {"notice_due_on": topic.notice_on, "materials_due_on": topic.materials_on}
    return {name: day for name, day in wanted.items() if sent.get(name) is None and day != getattr(topic, name)}


def _wanted(topic: Topic, book) -> dict:
    if topic.state == TopicState.PREPARING and topic.meets_on:
        return due_dates(topic.meets_on, book)
    if topic.state == TopicState.HELD and topic.reported_on is None and topic.report_due_on:
        return {"report_due_on": dates.after(dates.REPORT, topic.held_on, book)}
    return {}
