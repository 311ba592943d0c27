"""Why a file could not be written or read, in a few words."""

import shutil
from pathlib import Path


def reason(error: OSError, place: Path) -> str:
    """What the system says and where; of many failures (copying a folder) the first."""
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        _, place, said = error.args[0][0]
        return f"{said}（{place}）"
    return f"{error.strerror or error}（{error.filename or place}）"
