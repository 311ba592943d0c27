"""What is over: files whose time has come, files that no row names."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from . import files, limits
from .models import Job, JobStatus

NOTE = "有事项转线下办理，这份文件已删除。请重新导出。"


def remove_expired() -> int:
    """Returns how many files went."""
    over = Job.objects.filter(status=JobStatus.DONE, expires_at__lt=timezone.now())
    found = dict(over.values_list("pk", "stored"))
    files.remove(found.values())
    Job.objects.filter(pk__in=found, status=JobStatus.DONE).update(status=JobStatus.EXPIRED, stored="")
    return len(found) + _remove_strays()


def _remove_strays() -> int:
    """As a killed worker leaves them."""
    before = timezone.now() - limits.STRAY
    old = [path for path in files.folder().iterdir() if path.is_file() and _changed(path) < before]
    known = set(Job.objects.filter(stored__in=[path.name for path in old]).values_list("stored", flat=True))
    strays = [path.name for path in old if path.name not in known]
    files.remove(strays)
    return len(strays)


def _changed(path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
    except FileNotFoundError:  # just taken in or removed
        return timezone.now()


def forget_all() -> None:
    """A case went offline: no file that may hold its text stays, and none that is being made is finished.

    Which lists held it cannot be told from the files, and it happens a few times a year; each owner makes theirs again.
    Done in the act's transaction, and once more after it for what began to read meanwhile.
    """
    _forget()
    transaction.on_commit(_forget)


def _forget() -> None:
    now = timezone.now()
    Job.objects.under_way().update(cancel_asked=True, error=NOTE)
    Job.objects.filter(status=JobStatus.WAITING).update(status=JobStatus.CANCELLED, finished_at=now)
    ready = Job.objects.filter(status=JobStatus.DONE)
    names = list(ready.values_list("stored", flat=True))
    if names:
        ready.update(status=JobStatus.EXPIRED, stored="", expires_at=now, error=NOTE)
        transaction.on_commit(lambda: files.remove(names))
