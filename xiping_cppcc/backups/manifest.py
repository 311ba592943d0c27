"""What a backup claims to hold, so that a restore can prove that it holds it."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from django.utils import timezone

FILE = "manifest.json"
KINDS = {"rows": dict, "migrations": list, "files": dict}


def write(folder: Path, counts: dict[str, int], migrations: list[str], checksums: dict[str, str]) -> None:
    text = json.dumps(
        {
            "made_at": timezone.localtime().isoformat(timespec="seconds"),
            "rows": counts,
            "migrations": migrations,
            "files": checksums,
        },
        ensure_ascii=False,
        indent=1,
    )
    (folder / FILE).write_text(text)


def read(folder: Path) -> dict:
    """{"made_at", "rows": {table: count}, "migrations", "files": {relative path: sha256}}. ValueError when it is none."""
    try:
        found = json.loads((folder / FILE).read_text())
        datetime.fromisoformat(found["made_at"])
        whole = all(isinstance(found[key], kind) for key, kind in KINDS.items())
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{folder} 不是备份目录，或备份没有做完（{FILE} 缺失或不完整）。") from error
    if not whole:
        raise ValueError(f"{folder} 的 {FILE} 不完整。请改用另一份备份。")
    return found


def damaged(folder: Path, found: dict) -> list[str]:
    """The files that are missing or differ from their checksum."""
    return [name for name, claimed in found["files"].items() if _checksum_or_none(folder / name) != claimed]


def checksum(file: Path) -> str:
    with open(file, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _checksum_or_none(file: Path) -> str | None:
    return checksum(file) if file.is_file() else None
