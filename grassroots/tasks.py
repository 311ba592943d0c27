"""One scan: what is due by date, and what waits to be handed on."""

from celery import shared_task

from workflow import door

from . import by_date, onward


@shared_task
def tend_matters() -> int:
    """Close ratings whose time is over, hand on what waits, forget old contacts. Returns how many rows it touched."""
    with door.through(door.TASK):
        return by_date.close_unrated() + onward.convert_waiting() + by_date.forget_contacts()
