"""How a worker does a job. The truth is in the row: two workers never do the same one, and a killed one's is begun again.

A worker takes a job by raising its `claim`; whatever it writes afterwards is written only while the claim is still
its own. So one that was taken for dead and comes back writes nothing, and its file is thrown away.
"""

import logging
import time

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from documents.papers.templates import filling
from notices import plain
from workflow.errors import Refused

from . import files, limits, records
from .jobs import Cancelled, Made, kind_named
from .models import Job, JobStatus
from .models.record import Step

logger = logging.getLogger(__name__)

FAULT = "生成中出错，没有完成。请稍后重新导出；仍然不行，请联系系统管理员。"
NO_SPACE = "写文件没有成功（磁盘空间或权限有问题），请联系系统管理员后重新导出。"
GIVEN_UP = f"生成了 {limits.TRIES} 次都中断了，没有完成。请缩小筛选范围后重新导出，或联系系统管理员。"


def places() -> int:
    """How many jobs run side by side: one worker process stays free for notices and reminders."""
    return max(1, settings.WORKER_PROCESSES - 1)


def run_waiting() -> int:
    """Do what waits, the oldest first, one of each person at a time. Returns how many files were made here."""
    made = 0
    _end_stopped()
    while (job := take_next()) is not None:
        made += _do(job)
    return made


def take_next() -> Job | None:
    """The next job, now ours; None when nothing waits or every place is taken."""
    busy = Job.objects.filter(status=JobStatus.RUNNING, beat_at__gte=timezone.now() - limits.LEASE)
    waiting = Q(status=JobStatus.WAITING) & ~Q(owner__in=busy.values("owner"))
    lost = Job.objects.lost().values("pk")
    for job in Job.objects.filter(waiting | Q(pk__in=lost), cancel_asked=False).order_by("created_at", "pk"):
        if _take(job):
            return job
    return None


def _take(job: Job) -> bool:
    """The keys of the table decide who gets it: one running job of each person, one in each place."""
    if job.claim >= limits.TRIES:
        _mine(job).update(status=JobStatus.FAILED, error=GIVEN_UP, finished_at=timezone.now(), slot=None)
        return False
    for slot in [job.slot] if job.slot is not None else range(places()):
        try:
            with transaction.atomic():
                taken = _mine(job).filter(status=job.status, cancel_asked=False, beat_at=job.beat_at).update(
                    status=JobStatus.RUNNING, slot=slot, claim=F("claim") + 1, beat_at=timezone.now(), done=0
                )  # fmt: skip
        except IntegrityError:
            continue
        if taken:
            job.refresh_from_db()
        return bool(taken)
    return False


def _end_stopped() -> None:
    """Stopped, and then the worker died before it heard of it."""
    stopped = Job.objects.lost().filter(cancel_asked=True)
    stopped.update(status=JobStatus.CANCELLED, slot=None, finished_at=timezone.now())


def _mine(job: Job):
    return Job.objects.filter(pk=job.pk, claim=job.claim)


def _do(job: Job) -> bool:
    """Whether a file was made. Never raises for what is the job's own fault."""
    made = None
    try:
        made = _work(job)
        return _finish(job, made)
    except Cancelled:
        _end(job, JobStatus.CANCELLED)
    except Refused as refused:
        _end(job, JobStatus.FAILED, str(refused))
    except OSError:
        logger.exception("The file of job %s could not be written.", job.pk)
        _end(job, JobStatus.FAILED, NO_SPACE)
    except Exception:
        logger.exception("Job %s failed.", job.pk)
        _end(job, JobStatus.FAILED, FAULT)
    if made is not None:
        made.path.unlink(missing_ok=True)
    return False


def _work(job: Job) -> Made:
    kind, person = kind_named(job.kind), job.owner
    if kind is None or not person.is_active:
        raise Refused("这项导出已不能继续。", "请重新导出。")
    with filling.chosen():  # its papers take the templates of the moment it begins
        return kind.work(job.parameters, person, Reporter(job))


class Reporter:
    """`report(done, total)`: the heartbeat, the progress people see, and the moment a wish to stop is heard."""

    def __init__(self, job: Job):
        self.job, self.next_at = job, 0.0

    def __call__(self, done: int, total: int) -> None:
        self.job.done, self.job.total = min(done, total), total
        now = time.monotonic()
        if now < self.next_at:
            return
        self.next_at = now + limits.BEAT_EVERY
        going = _mine(self.job).filter(status=JobStatus.RUNNING, cancel_asked=False)
        if not going.update(done=self.job.done, total=total, beat_at=timezone.now()):
            raise Cancelled


def _finish(job: Job, made: Made) -> bool:
    """The file, the record and the message together, or none of them. Raises Cancelled when the job is lost."""
    now, stored = timezone.now(), files.taken_in(made.path)
    total = job.total if made.rows is None else made.rows
    try:
        with transaction.atomic():
            kept = _mine(job).filter(status=JobStatus.RUNNING, cancel_asked=False).update(
                status=JobStatus.DONE, slot=None, stored=stored, name=made.name[:200], done=total, total=total,
                size=files.path_of(stored).stat().st_size, finished_at=now, expires_at=now + limits.KEPT, error="",
            )  # fmt: skip
            if not kept:
                raise Cancelled
            records.of_job(job, job.owner, Step.MADE, total)
            _tell(job, "导出的文件已生成", f"《{job.label}》已生成，{limits.KEPT.days} 天内可以下载。")
    except BaseException:
        files.remove([stored])
        raise
    return True


def _end(job: Job, status: str, error: str = "") -> None:
    with transaction.atomic():
        said = {"error": error[:300]} if error else {}
        running = _mine(job).filter(status=JobStatus.RUNNING)
        ended = running.update(status=status, slot=None, finished_at=timezone.now(), **said)
        if ended and status == JobStatus.FAILED:
            _tell(job, "导出没有成功", f"《{job.label}》：{error}")


def _tell(job: Job, subject: str, body: str) -> None:
    plain.tell(job.owner_id, subject, body, job.get_absolute_url())
