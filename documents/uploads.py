"""Files in: received at once, attached to a case later by id (design §10: a chosen file is never lost)."""

import hashlib
import logging
import uuid
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from . import limits, refusals, scanning
from .inspection import inspect
from .kinds import KINDS, Kind
from .models import Attachment
from .names import clean_name

logger = logging.getLogger(__name__)


def receive(file: File, user, purpose: str = "", kinds: Mapping[str, Kind] = KINDS) -> Attachment:
    """Check and keep one uploaded file of `user` (None: taken in by the portal itself).

    Raises ValidationError with a sentence that names the file, the reason and the remedy;
    then neither a row nor a file is left.
    """
    name = clean_name(file.name or "")
    _check_outside(file, name, user)
    kind = inspect(file, name, file.size, kinds)
    attachment = Attachment(
        uploaded_by=user,
        name=name,
        size=file.size,
        content_type=kind.content_type,
        sha256=_sha256(file),
        purpose=purpose,
    )
    _store(attachment, file)
    scanning.scan(attachment)
    return attachment


def attach(ids: Iterable, user, subject: str, subject_id: int) -> list[Attachment]:
    """Make the user's waiting uploads part of a case; returns them in the order given.

    Ids that already belong to this very case stay (a form sent twice). Raises ValidationError
    for any other id: unknown, somebody else's, or used elsewhere; nothing is attached then.
    """
    keys = _keys(ids)
    with transaction.atomic():
        rows = Attachment.objects.select_for_update().filter(pk__in=keys, uploaded_by=user)
        mine = {row.pk: row for row in rows if _is_free_for(row, subject, subject_id)}
        if len(mine) < len(keys):
            raise refusals.gone(len(keys) - len(mine))
        new = [key for key, row in mine.items() if not row.subject]
        check_count(subject, subject_id, adding=len(new))
        Attachment.objects.filter(pk__in=new).update(subject=subject, subject_id=subject_id, moved_at=timezone.now())
    return _refreshed(keys)


def detach(ids: Iterable, subject: str, subject_id: int) -> int:
    """Take files out of a case; they wait again and are cleaned up in time. Returns how many."""
    rows = Attachment.objects.of(subject, subject_id).filter(pk__in=_keys(ids))
    return rows.update(subject="", subject_id=None, moved_at=timezone.now())


def discard(attachment: Attachment) -> None:
    """Remove a waiting upload, row and file. One that is part of a case is never removed here."""
    with transaction.atomic():
        row = Attachment.objects.select_for_update().waiting().filter(pk=attachment.pk).first()
        if row is None:
            raise ValidationError(
                f"“{attachment.name}”已经用在事项里，不能删除。请到该事项的页面里处理。", code="attached"
            )
        row.delete()
        transaction.on_commit(lambda: _remove_file(row))


def remove_all(subject: str, subject_id: int) -> int:
    """Remove every file of a case for good, row and file (a matter that must not be kept here). Returns how many."""
    return remove_all_of({subject: [subject_id]})


def remove_all_of(cases: dict[str, Iterable[int]]) -> int:
    """The same of several cases at once, by subject; one statement asks for all of them."""
    wanted = reduce(or_, (Q(subject=subject, subject_id__in=ids) for subject, ids in cases.items()))
    rows = list(Attachment.objects.select_for_update().filter(wanted))
    Attachment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        transaction.on_commit(lambda row=row: _remove_file(row))
    return len(rows)


def copy_to(subject: str, subject_id: int, files: Iterable[Attachment]) -> list[Attachment]:
    """The same files once more, for a case that goes on as another: each of the two keeps and removes its own.

    One that is not on the disk any more is left out; it is missing in the first case too. Copies whose transaction is
    undone are cleaned up in time (cleanup.remove_strays).
    """
    same = ("uploaded_by_id", "name", "size", "content_type", "sha256", "purpose", "scan", "marks")
    found = []
    for file in files:
        if not file.is_on_disk:
            logger.warning("Attachment %s is not on the disk and was not copied", file.pk)
            continue
        twin = Attachment(subject=subject, subject_id=subject_id, **{name: getattr(file, name) for name in same})
        with file.file.open("rb") as content:
            _store(twin, content)
        found.append(twin)
    return found


def check_count(subject: str, subject_id: int, adding: int) -> None:
    """ValidationError when a case would carry more files than it may."""
    limit = limits.max_per_subject()
    if adding and Attachment.objects.of(subject, subject_id).count() + adding > limit:
        raise refusals.too_many(limit)


def _check_outside(file: File, name: str, user) -> None:
    """What can be told without looking inside."""
    if not name:
        raise refusals.nameless()
    if file.size == 0:
        raise refusals.empty(name)
    if file.size > limits.max_bytes():
        raise refusals.too_large(name, limits.max_bytes())
    waiting = limits.max_waiting()
    if user is not None and Attachment.objects.waiting_of(user).count() >= waiting:
        raise refusals.too_many_waiting(waiting)


def _sha256(file: File) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _store(attachment: Attachment, file: File) -> None:
    """File first, row second; whichever fails, neither stays."""
    field = Attachment._meta.get_field("file")
    path = field.generate_filename(attachment, attachment.name)
    file.seek(0)
    try:
        attachment.file.name = field.storage.save(path, file)
    except OSError as error:
        logger.error("An upload of %d bytes could not be stored: %s", attachment.size, error)
        _remove_path(field.storage, path)
        raise refusals.no_room(attachment.name) from error
    try:
        with transaction.atomic():
            attachment.save(force_insert=True)
    except Exception:
        _remove_file(attachment)
        raise


def _remove_file(attachment: Attachment) -> None:
    _remove_path(attachment.file.storage, attachment.file.name)


def _remove_path(storage, path: str) -> None:
    """A file that cannot be removed is left to the clean-up."""
    try:
        storage.delete(path)
    except OSError as error:
        logger.warning("A stored file could not be removed: %s", error)


def _keys(ids: Iterable) -> list[uuid.UUID]:
    """The ids without repetition; one that is no id at all counts as gone."""
    keys, bad = {}, 0
    for given in ids:
        try:
            keys[given if isinstance(given, uuid.UUID) else uuid.UUID(str(given))] = None
        except ValueError:
            bad += 1
    if bad:
        raise refusals.gone(bad)
    return list(keys)


def _is_free_for(row: Attachment, subject: str, subject_id: int) -> bool:
    return not row.subject or (row.subject, row.subject_id) == (subject, subject_id)


def _refreshed(keys: list[uuid.UUID]) -> list[Attachment]:
    found = Attachment.objects.in_bulk(keys)
    return [found[key] for key in keys]
