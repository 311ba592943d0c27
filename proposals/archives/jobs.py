"""The making of a session's archive as a job: begun once, watched, cancelled, kept for a week, removed.

The truth is in the row. A job that was handed out twice runs once; one whose worker died is taken up again.
"""

import logging
import uuid
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members.models import Session
from notices import wake
from proposals.models import ArchiveJob, ArchiveStatus
from workflow.errors import Refused, TooLate

from . import session_file

logger = logging.getLogger(__name__)

TASK = "proposals.tasks.tend_archives"
KEPT_DAYS = 7
SILENT = timedelta(minutes=10)  # without any progress the worker is taken for dead


class Cancelled(Exception):
    """Somebody asked to stop, or another worker has the job."""


def start(session: Session, user) -> ArchiveJob:
    """A new job; raises Refused while one for this session is under way, or with nothing to put away."""
    with transaction.atomic():
        Session.objects.select_for_update().get(pk=session.pk)
        if ArchiveJob.objects.filter(session=session, status__in=ArchiveStatus.UNDER_WAY).exists():
            raise TooLate(f"{session}的案卷正在生成。", "请等它完成，或先取消再重新生成。", code="archive_under_way")
        total = session_file.cases_of(session).count()
        if not total:
            raise Refused(
                f"{session}还没有办结的提案，没有案卷可以生成。", "请等提案办结后再来。", code="nothing_to_archive"
            )
        job = ArchiveJob.objects.create(session=session, asked_by=user, total=total)
        transaction.on_commit(lambda: wake.soon(TASK))
    return job


def cancel(job: ArchiveJob) -> None:
    """A waiting job ends at once, a running one after the case it is at. Raises TooLate when it is over already."""
    waiting = ArchiveJob.objects.filter(pk=job.pk, status=ArchiveStatus.QUEUED)
    now = timezone.now()
    if waiting.update(status=ArchiveStatus.CANCELLED, cancel_asked=True, finished_at=now):
        return
    silent = Q(beat_at__lt=now - SILENT)
    running = ArchiveJob.objects.filter(pk=job.pk, status=ArchiveStatus.RUNNING)
    if running.filter(silent).update(status=ArchiveStatus.CANCELLED, cancel_asked=True, finished_at=now):
        return
    if not running.update(cancel_asked=True):
        raise TooLate("这次归档已经结束，不能取消。", "请刷新页面查看结果。")


def run(pk: str) -> bool:
    """Make the archive; whether it was made here. Never raises for what is the job's own fault."""
    job = _claim(pk)
    if job is None:
        return False
    path = folder() / f"{uuid.uuid4().hex}.zip"
    try:
        session_file.write(path, job.session, job.asked_by, lambda done: _beat(job, done))
        return _finish(job, path)
    except Cancelled:
        _end(job, path, ArchiveStatus.CANCELLED, "")
    except OSError as error:
        logger.exception("The archive %s could not be written.", job.pk)
        _end(
            job,
            path,
            ArchiveStatus.FAILED,
            f"写文件没有成功（{error.strerror or '存储出错'}），请系统管理员检查磁盘空间后再试。",
        )
    except Exception:
        logger.exception("The archive %s failed.", job.pk)
        _end(job, path, ArchiveStatus.FAILED, "生成中出错，请系统管理员查看日志后再试。")
    return False


def folder() -> Path:
    settings.ARCHIVE_FOLDER.mkdir(parents=True, exist_ok=True, mode=0o750)
    return settings.ARCHIVE_FOLDER


def _claim(pk: str) -> ArchiveJob | None:
    """The job, now ours; None when it is over, cancelled or somebody else's who is alive."""
    now = timezone.now()
    free = Q(status=ArchiveStatus.QUEUED) | Q(status=ArchiveStatus.RUNNING, beat_at__lt=now - SILENT)
    mine = ArchiveJob.objects.filter(free, pk=pk, cancel_asked=False)
    if not mine.update(status=ArchiveStatus.RUNNING, beat_at=now, done=0):
        return None
    return ArchiveJob.objects.select_related("session__term", "asked_by").get(pk=pk)


def _beat(job: ArchiveJob, done: int) -> None:
    going = ArchiveJob.objects.filter(pk=job.pk, status=ArchiveStatus.RUNNING, cancel_asked=False)
    if not going.update(done=done, beat_at=timezone.now()):
        raise Cancelled


def _finish(job: ArchiveJob, path: Path) -> bool:
    now = timezone.now()
    going = ArchiveJob.objects.filter(pk=job.pk, status=ArchiveStatus.RUNNING, cancel_asked=False)
    made = going.update(
        status=ArchiveStatus.DONE, path=path.name, size=path.stat().st_size, sha256=session_file.checksum(path),
        left_out=session_file.left_out(job.session), finished_at=now, expires_at=now + timedelta(days=KEPT_DAYS),
    )  # fmt: skip
    if not made:
        raise Cancelled
    return True


def _end(job: ArchiveJob, path: Path, status: str, note: str) -> None:
    path.unlink(missing_ok=True)
    going = ArchiveJob.objects.filter(pk=job.pk, status=ArchiveStatus.RUNNING)
    going.update(status=status, note=note[:200], finished_at=timezone.now())


def path_of(job: ArchiveJob) -> Path:
    return folder() / Path(job.path).name


def tend() -> int:
    """Remove what has expired, make what waits or lost its worker. Returns how many files came or went."""
    now = timezone.now()
    lost = Q(status=ArchiveStatus.QUEUED) | Q(status=ArchiveStatus.RUNNING, beat_at__lt=now - SILENT)
    waiting = list(ArchiveJob.objects.filter(lost).values_list("pk", flat=True))
    stopped = ArchiveJob.objects.filter(status=ArchiveStatus.QUEUED, cancel_asked=True)
    stopped.update(status=ArchiveStatus.CANCELLED, finished_at=now)
    over = list(ArchiveJob.objects.filter(status=ArchiveStatus.DONE, expires_at__lt=now))
    for job in over:
        path_of(job).unlink(missing_ok=True)
    ArchiveJob.objects.filter(pk__in=[job.pk for job in over]).update(status=ArchiveStatus.EXPIRED)
    strays = _remove_strays(now - timedelta(days=KEPT_DAYS))
    return len(over) + strays + sum(run(str(pk)) for pk in waiting)


def _remove_strays(before) -> int:
    """Files that a killed worker left and no row names."""
    known = set(ArchiveJob.objects.exclude(path="").values_list("path", flat=True))
    strays = [p for p in folder().glob("*.zip") if p.name not in known and p.stat().st_mtime < before.timestamp()]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
