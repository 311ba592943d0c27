"""Short, repeatable scans; the beat table is in xiping_cppcc/celery.py."""

from celery import shared_task

from workflow.door import TASK, through

from . import monthly


@shared_task(name="reports.send_monthly_figures")
def send_monthly_figures() -> int:
    """Tell the figures of the month before, once it is time. Returns how many people were told."""
    with through(TASK):
        return monthly.send_due()
