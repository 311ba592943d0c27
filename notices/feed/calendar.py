"""Entries as an iCalendar file (RFC 5545): folded lines, all-day events, Asia/Shanghai."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from .sources import Entry

NAME = "西平县智慧政协"
PRODUCT = "-//Xiping CPPCC//Portal//ZH"
DOMAIN = "calendar.xiping-cppcc"
FETCH_EVERY = timedelta(hours=4)
ONE_DAY = timedelta(days=1)


def written(entries: Iterable[Entry], stamp: datetime) -> bytes:
    """The same bytes for the same entries. `stamp`: when what has no time of its own was made."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", NAME)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", FETCH_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", FETCH_EVERY)
    for entry in entries:
        calendar.add_component(_event(entry, stamp))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(entry: Entry, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{DOMAIN}")
    event.add("dtstamp", (entry.since or stamp).astimezone(timezone.get_fixed_timezone(0)))
    event.add("summary", entry.summary)
    event.add("dtstart", _local(entry.starts))
    event.add("dtend", _end(entry))
    event.add("transp", "OPAQUE" if isinstance(entry.starts, datetime) else "TRANSPARENT")
    if entry.url and settings.PORTAL_URL:
        event.add("url", settings.PORTAL_URL + entry.url)
    return event


def _local(moment):
    return timezone.localtime(moment) if isinstance(moment, datetime) else moment


def _end(entry: Entry):
    """The end is not part of the event: of a whole day it is the next one."""
    if isinstance(entry.starts, datetime):
        return _local(entry.ends or entry.starts + timedelta(hours=1))
    return entry.starts + ONE_DAY
