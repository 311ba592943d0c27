"""Files that come with a form: received at once, then known by their ids (design §10)."""

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.urls import reverse

from .models import Attachment
from .uploads import receive


def received(request, name: str, purpose: str) -> tuple[list[str], list[str]]:
    """The ids of the files that came as `<name>_files`, and a sentence for each that was refused."""
    ids, errors = [], []
    for file in request.FILES.getlist(f"{name}_files"):
        try:
            ids.append(str(receive(file, request.user, purpose).pk))
        except ValidationError as error:
            errors += error.messages
    return ids, errors


def waiting(user, ids: Iterable[str]) -> list[Attachment]:
    """The user's own uploads among these ids that belong to no case yet; what is no id is left out."""
    return list(Attachment.objects.waiting_of(user).filter(pk__in=_keys(ids)))


def entry(file: Attachment) -> dict:
    """A file as the upload component and the lists of attachments show it."""
    url = reverse("documents:download", args=[file.pk])
    return {"id": file.pk, "name": file.name, "size": file.size, "url": url, "note": file.scan_note}


def _keys(ids: Iterable[str]) -> list[uuid.UUID]:
    keys = []
    for given in ids:
        try:
            keys.append(uuid.UUID(str(given)))
        except ValueError:
            continue
    return keys
