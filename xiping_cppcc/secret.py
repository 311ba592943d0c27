"""The key that signs sessions, kept beside the data when the environment gives none."""

import os
import secrets
import tempfile
from pathlib import Path

from xiping_cppcc.embedded.folders import unwritable
from xiping_cppcc.embedded.refusal import CannotStart


def kept_secret(file: Path) -> str:
    """The key in the file; the first caller makes it, readable by the owner only. Raises CannotStart."""
    try:
        return file.read_text()
    except FileNotFoundError:
        return _made(file)
    except OSError as error:
        raise CannotStart(unwritable(file.parent, error)) from error


def _made(file: Path) -> str:
    """Written aside and linked into place: of two processes that start at once, both read the same key."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        number, aside = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")  # mode 0600
        with open(number, "w") as handle:
            handle.write(secrets.token_urlsafe(64))
        _put_in_place(Path(aside), file)
    except OSError as error:
        raise CannotStart(unwritable(file.parent, error)) from error
    return file.read_text()


def _put_in_place(aside: Path, file: Path) -> None:
    try:
        os.link(aside, file)
    except FileExistsError:
        pass
    except OSError:  # a file system without links: the last of two wins, a moment after both began
        aside.replace(file)
    aside.unlink(missing_ok=True)
