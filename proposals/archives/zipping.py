"""Writing a .zip piece by piece, with the size and SHA-256 of each file for its list (目录.txt)."""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

CHUNK = 256 * 1024
LIST = "目录.txt"
KEPT = "案卷保存期限不少于 20 年。"


@dataclass(frozen=True)
class Entry:
    name: str
    size: int
    sha256: str


@dataclass
class Archive:
    """An open .zip. Nothing is held in memory but the list."""

    out: zipfile.ZipFile
    entries: list[Entry] = field(default_factory=list)

    def add(self, name: str, chunks: Iterable[bytes]) -> Entry:
        """Chinese names carry the UTF-8 flag by themselves (zipfile)."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o640 << 16
        with self.out.open(info, "w", force_zip64=True) as file:
            for chunk in chunks:
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        entry = Entry(name, size, digest.hexdigest())
        self.entries.append(entry)
        return entry

    def add_list(self, folder: str, head: Iterable[str], entries: Iterable[Entry]) -> None:
        """目录.txt: what there is, with the mark by which Windows knows its letters."""
        rows = (f"{entry.name.removeprefix(folder)}\t{entry.size}\t{entry.sha256}" for entry in entries)
        lines = [*head, KEPT, "", "文件\t大小（字节）\tSHA-256 校验值", *rows, ""]
        self.add(f"{folder}{LIST}", ["\r\n".join(lines).encode("utf-8-sig")])


def of_bytes(content: bytes) -> Iterable[bytes]:
    return (content[start : start + CHUNK] for start in range(0, len(content), CHUNK))


def of_file(file) -> Iterable[bytes]:
    """The stored file in pieces; closed afterwards."""
    with file.open("rb") as stored:
        while chunk := stored.read(CHUNK):
            yield chunk
