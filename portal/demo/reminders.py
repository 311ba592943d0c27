"""到期提醒 in the demonstration county: what everybody would have found on the last working morning."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from deadlines import calendar
from notices.models import Message, Reminder
from notices.reminders import scan, words


def fill(moment: datetime) -> None:
    day, working = timezone.localdate(moment), calendar.load()
    while not working.is_workday(day):
        day -= timedelta(days=1)
    morning = timezone.make_aware(datetime.combine(day, time(9)))
    scan.remind(morning)
    Message.objects.filter(kind__in=words.HEADS).update(created_at=morning)
    Reminder.objects.update(told_at=morning)
