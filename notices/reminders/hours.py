"""When people are told: in the working hours of working days; what falls due outside them waits for the next ones."""

import datetime

from django.conf import settings
from django.utils import timezone

from deadlines.working_days import Calendar


def are_now(calendar: Calendar, now: datetime.datetime) -> bool:
    """Whether `now` lies in working hours, both ends included."""
    here = timezone.localtime(now)
    first, last = settings.REMINDER_HOURS
    return calendar.is_workday(here.date()) and first <= here.time() <= last
