"""Short scans without arguments; which worker has which job stands in the job's row."""

from celery import shared_task

from workflow.door import TASK, through

from . import running, tending


# Acknowledged early: a job may take longer than the broker waits before it hands a task out again. A job that is
# cut off is taken up by a later scan.
@shared_task(name="exports.make_files", acks_late=False, soft_time_limit=2 * 3600, time_limit=2 * 3600 + 60)
def make_files() -> int:
    """Do what waits. Returns how many files were made."""
    with through(TASK):
        return running.run_waiting()


@shared_task(name="exports.remove_files")
def remove_files() -> int:
    """Remove what has expired. Returns how many files went."""
    with through(TASK):
        return tending.remove_expired()
