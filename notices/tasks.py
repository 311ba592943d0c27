"""Short, repeatable tasks without arguments: each looks in the database for what is due."""

from celery import shared_task

from workflow.door import TASK, through

from . import delivery, digests, mailing, sending
from .reminders import scan


@shared_task(name="notices.deliver_outbox", soft_time_limit=110, time_limit=150)
def deliver_outbox() -> None:
    with through(TASK):
        delivery.deliver_due()


# Less than the lease after the run's budget: a server that answers a byte at a time is cut off in time.
@shared_task(name="notices.send_emails", soft_time_limit=110, time_limit=150)
def send_emails() -> None:
    with through(TASK):
        mailing.send_due()


@shared_task(name="notices.find_reminders", soft_time_limit=110, time_limit=150)
def find_reminders() -> None:
    with through(TASK):
        scan.remind()


@shared_task(name="notices.send_by_channels", soft_time_limit=230, time_limit=280)
def send_by_channels() -> None:
    with through(TASK):
        sending.send_all_due()


@shared_task(name="notices.send_digests", soft_time_limit=110, time_limit=150)
def send_digests() -> None:
    with through(TASK):
        digests.send_due()


# On the beat table in xiping_cppcc/celery.py; those scans are what makes delivery certain. The wake-ups by
# notices.wake only make it quick.
