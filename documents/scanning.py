"""What is looked for in the words of a file when it comes in; the finding is kept with the file.

A scan warns. It never refuses a file, and whatever goes wrong in it ends as "could not be read".
"""

import logging
from collections.abc import Callable

from .contents.budget import Unreadable
from .contents.reading import Picture, text_of
from .models import Attachment, Scan

logger = logging.getLogger(__name__)
Find = Callable[[str], list[str]]

_finders: dict[str, Find] = {}


def register(purpose: str, find: Find) -> None:
    """`find(text)` names what is suspicious in the words of a file that was uploaded for `purpose`."""
    _finders[purpose] = find


def scan(attachment: Attachment, purpose: str | None = None) -> None:
    """Look into the stored file, if something is looked for in files of its purpose, and keep what was found."""
    find = _finders.get(purpose or attachment.purpose)
    if find is None:
        return
    attachment.scan, attachment.marks = _looked_into(attachment, find)
    attachment.save(update_fields=["scan", "marks"])


def _looked_into(attachment: Attachment, find: Find) -> tuple[str, list[str]]:
    try:
        with attachment.file.storage.open(attachment.file.name, "rb") as file:
            text = text_of(file, attachment.file.path)
        return Scan.DONE, find(text)
    except Picture:
        return Scan.PICTURE, []
    except Unreadable:
        return Scan.FAILED, []
    except Exception:
        logger.exception("Attachment %s could not be scanned.", attachment.pk)
        return Scan.FAILED, []
