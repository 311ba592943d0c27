"""What happens by date alone, found set-based and done through the engine; safe to run twice."""

from celery import shared_task

from . import dispositions
from .by_date import advance_all


@shared_task
def advance_by_date() -> int:
    """Close co-signing and ratings whose time is over. Returns how many cases moved."""
    return advance_all()


@shared_task
def convert_waiting() -> int:
    """Hand on what was not filed and whose way has a handler. Returns how many went."""
    return dispositions.convert_waiting()
