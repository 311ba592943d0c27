from celery import shared_task

from . import cleanup


@shared_task(name="documents.clean_uploads", ignore_result=True)
def clean_uploads() -> None:
    """Once a day; a second run finds nothing."""
    cleanup.remove_unused()
    cleanup.remove_strays()
