"""Office packages (.docx, .xlsx, .pptx, .ofd): zip archives looked into without parsing any XML."""

import struct
import zipfile
import zlib
from collections.abc import Iterator

from . import limits, refusals
from .kinds import OFD, SHEET_ZIP, SLIDES_ZIP, WORD_ZIP

CONTENT_TYPES = "[Content_Types].xml"
MAIN_PARTS = {
    WORD_ZIP: b"wordprocessingml.document.main+xml",
    SHEET_ZIP: b"spreadsheetml.sheet.main+xml",
    SLIDES_ZIP: b"presentationml.presentation.main+xml",
}
PROGRAMS = (
    ".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".js", ".jse", ".wsf",
    ".hta", ".lnk", ".jar", ".htm", ".html", ".zip", ".rar", ".7z", ".docm", ".xlsm", ".pptm",
)  # fmt: skip
XML_PARTS = (".xml", ".rels", ".vml")
# An office package has no document type declaration; one that has is after the reader's parser. XML minds the case.
DECLARATIONS = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
CHUNK = 256 * 1024
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError,
)  # fmt: skip


def body_of(stream, name: str, size: int) -> str:
    """Which body the package has ("" for none we know); refuses bombs, macros and programs."""
    _check_end(stream, name, size)
    try:
        with zipfile.ZipFile(stream) as package:
            entries = package.infolist()
            _check_directory(entries, name, size)
            _check_programs(entries, name)
            types = _unpack(package, entries, name)
    except BROKEN as error:
        raise refusals.broken(name) from error
    return _body(entries, types, name)


def _check_end(stream, name: str, size: int) -> None:
    """The archive's last 22 bytes, before zipfile reads a directory of any length into memory.

    A comment or a 64-bit directory, which no office program writes, would let the two readings differ.
    """
    stream.seek(max(size - 42, 0))
    tail = stream.read(42)
    end = tail[-22:]
    if len(end) < 22 or end[:4] != b"PK\x05\x06" or end[20:] != b"\0\0" or tail[:4] == b"PK\x06\x07":
        raise refusals.broken(name)
    if struct.unpack("<I", end[12:16])[0] > limits.MAX_DIRECTORY:
        raise refusals.unpacks_too_large(name)


def _check_directory(entries: list[zipfile.ZipInfo], name: str, size: int) -> None:
    """What the directory claims, before a byte is unpacked."""
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > limits.MAX_ENTRIES or unpacked > limits.MAX_UNPACKED or packed > size:
        raise refusals.unpacks_too_large(name)
    if unpacked > limits.RATIO_COUNTS_FROM and unpacked > packed * limits.MAX_RATIO:
        raise refusals.unpacks_too_large(name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusals.with_password(name)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise refusals.broken(name)


def _check_programs(entries: list[zipfile.ZipInfo], name: str) -> None:
    parts = [entry.filename.lower().replace("\\", "/") for entry in entries]
    if any(part.endswith("vbaproject.bin") or "/macrosheets/" in part for part in parts):
        raise refusals.with_macros(name)
    if any(part.endswith(PROGRAMS) for part in parts):
        raise refusals.with_program(name)
    if any(part.startswith("/") or ".." in part.split("/") for part in parts):
        raise refusals.broken(name)


def _unpack(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], name: str) -> bytes:
    """Unpack every part once, keeping nothing but the list of content types.

    zipfile never gives more than the claimed size and checks the checksum at the end,
    so a directory that lies about sizes ends here as broken.
    """
    types = b""
    for entry in entries:
        is_xml = entry.filename.lower().endswith(XML_PARTS)
        for window in _windows(package, entry):
            if is_xml and any(word in window for word in DECLARATIONS):
                raise refusals.with_program(name)
            if entry.filename == CONTENT_TYPES:
                types += window
    return types


def _windows(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces that overlap, so that no searched word falls between two."""
    tail = b""
    with package.open(entry) as part:
        while chunk := part.read(CHUNK):
            yield tail + chunk
            tail = chunk[-32:]


def _body(entries: list[zipfile.ZipInfo], types: bytes, name: str) -> str:
    if b"macroenabled" in types.lower():
        raise refusals.with_macros(name)
    if any(entry.filename == "OFD.xml" for entry in entries):
        return OFD
    return next((body for body, main in MAIN_PARTS.items() if main in types), "")
