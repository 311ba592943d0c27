"""The hours of working days in which people are told what is not urgent (WORKING_HOURS); none set: at any time."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from deadlines import calendar
from deadlines.working_days import Calendar


def is_open(moment: datetime, days: Calendar | None = None) -> bool:
    """Whether `moment` lies in working hours, both ends included."""
    if settings.WORKING_HOURS is None:
        return True
    here = timezone.localtime(moment)
    begins, ends = settings.WORKING_HOURS
    return (days or calendar.load()).is_workday(here.date()) and begins <= here.time() <= ends


def opening(moment: datetime) -> datetime:
    """`moment` itself in working hours, otherwise the beginning of the next ones."""
    if settings.WORKING_HOURS is None or is_open(moment, days := calendar.load()):
        return moment
    here, begins = timezone.localtime(moment), settings.WORKING_HOURS[0]
    day = here.date() if here.time() < begins else here.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(days.next_workday(day), begins))
