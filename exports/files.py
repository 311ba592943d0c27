"""Where the products of jobs lie: in the portal's data folder, outside the uploads and every public address."""

import shutil
import uuid
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    settings.EXPORT_FOLDER.mkdir(parents=True, exist_ok=True, mode=0o750)
    return settings.EXPORT_FOLDER


def new_path(suffix: str) -> Path:
    """A place for a file in the making; what is left there after an accident is removed by tending."""
    return folder() / f"{uuid.uuid4().hex}{suffix}"


def taken_in(path: Path) -> str:
    """Move what some work made into the folder, unless it lies there already; the name under which it is kept."""
    if path.parent == folder():
        return path.name
    place = new_path(path.suffix)
    shutil.move(path, place)
    return place.name


def path_of(stored: str) -> Path:
    return folder() / Path(stored).name


def remove(names) -> None:
    for name in names:
        if name:
            path_of(name).unlink(missing_ok=True)
