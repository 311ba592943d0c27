"""A case that goes offline must not live on in an archive that waits to be taken."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from proposals.models import ArchiveJob, ArchiveStatus

NOTE = "有提案转线下办理，这份案卷已删除，请重新生成。"


def forget_session(session_id: int) -> None:
    """Archives of the session that are there go with the commit; one that is being made is stopped."""
    ArchiveJob.objects.filter(session=session_id, status__in=ArchiveStatus.UNDER_WAY).update(
        cancel_asked=True, note=NOTE
    )
    ready = ArchiveJob.objects.filter(session=session_id, status=ArchiveStatus.DONE)
    names = list(ready.values_list("path", flat=True))
    if names:
        ready.update(status=ArchiveStatus.EXPIRED, expires_at=timezone.now(), note=NOTE)
        transaction.on_commit(lambda: _remove(names))


def _remove(names: list[str]) -> None:
    for name in names:
        (settings.ARCHIVE_FOLDER / Path(name).name).unlink(missing_ok=True)
