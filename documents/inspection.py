"""Is a file what its name says, and nothing more? Looks at the bytes, never at what the browser claims."""

import codecs
import re
import struct
from collections.abc import Iterator, Mapping

import puremagic

from . import packages, refusals
from .kinds import (
    JPEG,
    KINDS,
    OFD,
    PDF,
    PNG,
    SHEET_OLE,
    SHEET_ZIP,
    SLIDES_OLE,
    SLIDES_ZIP,
    TEXT,
    WORD_OLE,
    WORD_ZIP,
    Kind,
)  # fmt: skip
from .names import extension_of

HEAD = 4096
CHUNK = 256 * 1024
OVERLAP = 128

SIGNATURES = {
    PDF: b"%PDF-",
    JPEG: b"\xff\xd8\xff",
    PNG: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "zip": b"PK\x03\x04",
}
ENDINGS = {PDF: b"%%eof", JPEG: b"\xff\xd9", PNG: b"iend"}  # compared in lower case
OLE_STREAMS = {
    "WordDocument": WORD_OLE,
    "Workbook": SHEET_OLE,
    "Book": SHEET_OLE,  # before 1997
    "PowerPoint Document": SLIDES_OLE,
}
# Long enough not to occur by chance in 32 MB of compressed picture.
MARKUP = (
    b"<script", b"<html>", b"<html ", b"<!doctype html", b"<svg xmlns", b"<svg on",
    b"http://www.w3.org/2000/svg", b"<iframe", b"<?php ",
)  # fmt: skip
PDF_ACTIONS = (b"/javascript", b"/launch")
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
ARCHIVE_MARKS = {b"pk\x01\x02", b"pk\x05\x06"}  # a directory and its end, in lower case

REALLY = {
    "程序": (".exe", ".dll", ".msi", ".lnk", ".class", ".elf", ".appimage", ".jar", ".apk"),
    "网页": (".html", ".htm", ".svg", ".xml", ".mht"),
    "压缩包": (".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".zip", ".cab"),
    "RTF 文档": (".rtf",),
    "PDF 文件": (".pdf",),
    "图片": (".jpg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heif", ".heic"),
    "Office 文档": (".doc", ".xls", ".ppt", ".docx", ".xlsx", ".pptx"),
    "音频或视频": (".mp4", ".mov", ".mp3", ".wav", ".avi"),
}


def inspect(stream, name: str, size: int, kinds: Mapping[str, Kind] = KINDS) -> Kind:
    """The kind of the file, or ValidationError. `stream` is seekable; it is left at its start."""
    extension = extension_of(name)
    if extension not in kinds:
        raise refusals.unknown_kind(name, extension)
    kind = kinds[extension]
    head = _head(stream)
    body = _body_of(stream, head, name, size, kind)
    if body not in kind.bodies:
        raise refusals.wrong_content(name, kind.title, _really(head, body))
    if body in (PDF, JPEG, PNG, TEXT):
        _check_nothing_hidden(stream, body, name)
    stream.seek(0)
    return kind


def _head(stream) -> bytes:
    stream.seek(0)
    return stream.read(HEAD)


def _body_of(stream, head: bytes, name: str, size: int, kind: Kind) -> str:
    """Which body the content has, or "" for none that may come in."""
    container = next((key for key, sign in SIGNATURES.items() if head.startswith(sign)), "")
    if container == "zip":
        return packages.body_of(stream, name, size)
    if container == "ole":
        return _ole_body(stream, name, kind)
    if container:
        return container if _ends_well(stream, container) else ""
    return TEXT if TEXT in kind.bodies and _is_text(stream) else ""


def _windows(stream) -> Iterator[bytes]:
    """The content in pieces that overlap, so that no searched word falls between two."""
    stream.seek(0)
    tail = b""
    while chunk := stream.read(CHUNK):
        yield tail + chunk
        tail = chunk[-OVERLAP:]


def _found(stream, words) -> set[bytes]:
    """Which of the words occur anywhere in the content, upper and lower case alike."""
    found = set()
    for window in map(bytes.lower, _windows(stream)):
        found.update(word for word in words if word in window)
    return found


def _ends_well(stream, body: str) -> bool:
    return bool(_found(stream, [ENDINGS[body]]))


def _ole_body(stream, name: str, kind: Kind) -> str:
    """An OLE file lists its streams by name; they tell which program wrote it.

    A table may hold a Word object, so the body that the extension promises goes first.
    """
    macros, locked = _ole_entry("_VBA_PROJECT"), _ole_entry("EncryptedPackage")
    bodies = {_ole_entry(title): body for title, body in OLE_STREAMS.items()}
    found = _found(stream, [*bodies, macros, locked])
    if locked in found:
        raise refusals.with_password(name)
    if macros in found:
        raise refusals.with_macros(name)
    present = [body for entry, body in bodies.items() if entry in found]
    return next((body for body in present if body in kind.bodies), (present or [""])[0])


def _ole_entry(title: str) -> bytes:
    """The start of a directory entry: name in UTF-16 padded to 64 bytes, then its length in bytes."""
    padded = title.lower().encode("utf-16-le").ljust(64, b"\0")
    return padded + struct.pack("<H", 2 * len(title) + 2)


def _is_text(stream) -> bool:
    """Chinese text comes as UTF-8, UTF-16 with its mark, or the GB encodings; nothing else passes."""
    head = _head(stream)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decodes(stream, "utf-16")
    return _decodes(stream, "utf-8") or _decodes(stream, "gb18030")


def _decodes(stream, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    stream.seek(0)
    try:
        while chunk := stream.read(CHUNK):
            if CONTROL.search(decoder.decode(chunk)):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _check_nothing_hidden(stream, body: str, name: str) -> None:
    """A file can be two things at once: a picture that is also a page, a PDF that is also an archive."""
    actions = PDF_ACTIONS if body == PDF else ()
    wide = [word.decode().encode("utf-16-le") for word in MARKUP] if body == TEXT else []
    found = _found(stream, [*MARKUP, *actions, *wide, *ARCHIVE_MARKS])
    if found - ARCHIVE_MARKS or found >= ARCHIVE_MARKS:
        raise refusals.with_program(name)


def _really(head: bytes, body: str) -> str:
    """What the content is in plain words, or ""."""
    if body in (WORD_OLE, WORD_ZIP):
        return "Word 文档"
    if body in (SHEET_OLE, SHEET_ZIP):
        return "Excel 表格"
    if body in (SLIDES_OLE, SLIDES_ZIP):
        return "演示文稿"
    if body == OFD:
        return "OFD 版式文件"
    try:
        endings = {match.extension.lower() for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return ""
    return next((title for title, group in REALLY.items() if endings & set(group)), "")
