from celery import shared_task

from workflow import door

from . import looking


@shared_task
def forget_citizens() -> int:
    """Forget the citizens of reports that ended long enough ago. Returns how many reports it touched."""
    with door.through(door.TASK):
        return looking.forget_citizens()
