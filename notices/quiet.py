"""When what is not urgent may go out: in the hours of NOTICE_HOURS on working days, else from the next one on."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from deadlines import calendar

ALWAYS = (0, 24)


def opening(moment: datetime) -> datetime:
    """`moment` itself in working hours, otherwise the next working morning."""
    if settings.NOTICE_HOURS == ALWAYS or is_open(moment):
        return moment
    begins, _ = settings.NOTICE_HOURS
    local = timezone.localtime(moment)
    day = local.date() if local.hour < begins else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(calendar.load().next_workday(day), time(begins)))


def is_open(moment: datetime) -> bool:
    """Whether these are working hours."""
    begins, ends = settings.NOTICE_HOURS
    local = timezone.localtime(moment)
    return begins <= local.hour < ends and (settings.NOTICE_HOURS == ALWAYS or calendar.is_workday(local.date()))
