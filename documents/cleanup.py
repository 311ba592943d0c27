"""What nobody needs any more: uploads that were never used, and files that no row knows."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils import timezone

from . import limits, uploads
from .models import Attachment

logger = logging.getLogger(__name__)


def remove_unused(before: datetime | None = None) -> int:
    """Remove waiting uploads older than the limit (or than `before`); returns how many."""
    before = before or timezone.now() - timedelta(days=limits.keep_days())
    removed = 0
    for attachment in Attachment.objects.waiting().filter(moved_at__lt=before):
        try:
            uploads.discard(attachment)
        except ValidationError:
            continue  # attached in this very moment
        removed += 1
    return removed


def remove_strays(before: datetime | None = None) -> int:
    """Remove stored files that no row names, as a killed process leaves them; returns how many."""
    before = before or timezone.now() - timedelta(days=limits.keep_days())
    storage = Attachment._meta.get_field("file").storage
    top = Path(storage.path(""))
    old = [path for path in top.glob("attachments/*/*/*") if path.is_file() and _changed(path) < before]
    batches = (old[start : start + 500] for start in range(0, len(old), 500))
    return sum(_remove_unknown(top, batch) for batch in batches)


def _remove_unknown(top: Path, paths) -> int:
    by_name = {path.relative_to(top).as_posix(): path for path in paths}
    known = Attachment.objects.filter(file__in=by_name).values_list("file", flat=True)
    strays = by_name.keys() - set(known)
    for name in strays:
        by_name[name].unlink(missing_ok=True)
    return len(strays)


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=timezone.get_current_timezone())
