"""What happens by date alone, found set-based and done through the engine; safe to run twice."""

from celery import shared_task

from . import dispositions
from .archives import jobs
from .by_date import advance_all


@shared_task
def advance_by_date() -> int:
    """Close co-signing and ratings whose time is over. Returns how many cases moved."""
    return advance_all()


@shared_task
def convert_waiting() -> int:
    """Hand on what was not filed and whose way has a handler. Returns how many went."""
    return dispositions.convert_waiting()


# Acknowledged early: it may take longer than the broker waits before it hands a task out again. Each job's row says
# who has it, so that one that was cut off is made by a later scan.
@shared_task(acks_late=False, soft_time_limit=2 * 3600, time_limit=2 * 3600 + 60)
def tend_archives() -> int:
    """Make the archives that wait, remove those that have expired. Returns how many files came or went."""
    return jobs.tend()
