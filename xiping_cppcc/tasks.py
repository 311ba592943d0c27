"""The tasks that keep the house itself in order."""

from celery import shared_task
from django.core.management import call_command

from xiping_cppcc import heart
from xiping_cppcc.api import idempotency


@shared_task
def beat_heart():
    heart.beat(heart.WORKER)


# Acknowledged early: it may take longer than the broker waits before it hands a task out again, and a second
# backup beside the first helps nobody. One that is cut off is made tomorrow; /readyz shows its age.
@shared_task(acks_late=False, soft_time_limit=3 * 3600, time_limit=3 * 3600 + 60)
def back_up():
    """A dated backup in BACKUP_DIR; the oldest beyond BACKUP_KEEP go."""
    call_command("backup", daily=True)


@shared_task
def forget_api_answers():
    """Answers to POSTs with an Idempotency-Key are kept for a day."""
    idempotency.forget_old()


@shared_task
def clear_sessions():
    call_command("clearsessions")
