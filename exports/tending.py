"""What is over: files whose time has come, files that no row names."""

import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from . import files, limits
from .models import Job, JobStatus

HALVES = "openpyxl.*"
NOTE = "有事项转线下办理，这份文件已删除。请重新导出。"


def remove_expired() -> int:
    """Returns how many files went."""
    over = Job.objects.filter(status=JobStatus.DONE, expires_at__lt=timezone.now())
    over.update(status=JobStatus.EXPIRED)
    _remove_halves()
    return _remove_files() + _remove_strays()


def _remove_files() -> int:
    """Of jobs that are over; the row forgets its file after that is gone."""
    found = dict(Job.objects.filter(status=JobStatus.EXPIRED).exclude(stored="").values_list("pk", "stored"))
    files.remove(found.values())
    Job.objects.filter(pk__in=found).update(stored="")
    return len(found)


def _remove_strays() -> int:
    """As a killed worker leaves them."""
    before = timezone.now() - limits.STRAY
    old = [path for path in files.folder().iterdir() if path.is_file() and _changed(path) < before]
    known = set(Job.objects.filter(stored__in=[path.name for path in old]).values_list("stored", flat=True))
    strays = [path.name for path in old if path.name not in known]
    files.remove(strays)
    return len(strays)


def _remove_halves() -> None:
    """Rows that openpyxl had laid down for a workbook when its worker was killed; it removes them only by saving."""
    before = timezone.now() - limits.STRAY
    for path in Path(tempfile.gettempdir()).glob(HALVES):
        with suppress(OSError):
            if path.is_file() and path.stat().st_uid == os.getuid() and _changed(path) < before:
                path.unlink()


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
    transaction.on_commit(_after, robust=True)


def forget_soon() -> None:
    """After the commit only, for an act that may say nothing more to the database: lists of reports hold titles, no texts."""
    transaction.on_commit(_after, robust=True)


def _after() -> None:
    _forget()
    _remove_files()


def _forget() -> None:
    """One statement: an act has few."""
    now = timezone.now()
    is_waiting = When(status=JobStatus.WAITING, then=Value(JobStatus.CANCELLED))
    is_done = When(status=JobStatus.DONE, then=Value(JobStatus.EXPIRED))
    alive = Job.objects.filter(status__in=(*JobStatus.UNDER_WAY, JobStatus.DONE))
    alive.update(
        status=Case(is_waiting, is_done, default=F("status")), cancel_asked=True, error=NOTE, expires_at=now,
        finished_at=Coalesce(F("finished_at"), now),
    )  # fmt: skip
