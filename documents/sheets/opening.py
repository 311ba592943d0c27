"""Is this an .xlsx that is safe to unpack, or a table kept as text? Told from the bytes, never from the name."""

import codecs
import zipfile
from pathlib import Path

from django.core.exceptions import ValidationError

from documents import packages
from documents.kinds import OFD, SHEET_ZIP, SLIDES_ZIP, WORD_ZIP

from .limits import MAX_BYTES, MAX_UNPACKED, MEGABYTE
from .refusal import Unreadable

TEXT_NAMES = {".csv", ".tsv", ".txt"}
SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再导入。"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
LOCKED = "EncryptedPackage".encode("utf-16-le")
WORKBOOK = "Workbook".encode("utf-16-le")
OTHER_PACKAGES = {WORD_ZIP: "Word 文档", SLIDES_ZIP: "演示文稿", OFD: "OFD 版式文件"}
REASONS = {
    "password": "设了打开密码。请取消密码后再导入。",
    "macro": "带有宏程序，可能不安全。请另存为不带宏的“Excel 工作簿（*.xlsx）”后再导入。",
    "unpacked": "展开后的内容过大。请删去多余的空行、空列和图片后再导入。",
    "active_content": "里面夹带了脚本或程序，不能读取。请新建一个工作簿，把内容粘贴过去后再导入。",
}
STRICT = "是“严格 Open XML”格式的工作簿，读不出来。"
STRICT_MARK = b"purl.oclc.org/ooxml"  # in place of schemas.openxmlformats.org
BROKEN = "打不开，可能没有存完整或已损坏。请用 Excel 或 WPS 打开检查，重新另存后再导入。"


def check(stream, name: str) -> bool:
    """True for a table kept as text, False for an .xlsx; anything else, or of no sensible size, is Unreadable.

    The stream is left at its start.
    """
    stream.seek(0, 2)
    size = stream.tell()
    if size == 0:
        raise Unreadable(f"“{name}”是空文件，没有内容。请重新选择文件。")
    if size > MAX_BYTES:
        raise Unreadable(f"“{name}”超过 {MAX_BYTES // MEGABYTE} MB。请删去图片和多余的工作表，或分成几个文件导入。")
    stream.seek(0)
    head = stream.read(4096)
    is_text = _is_text(head, name)
    if head.startswith(ZIP):
        _check_package(stream, name, size)
    elif not is_text:
        _refuse_other(stream, name, head)
    stream.seek(0)
    return is_text


def _check_package(stream, name: str, size: int) -> None:
    try:
        if _unpacked(stream) > MAX_UNPACKED:
            raise Unreadable(f"“{name}”{REASONS['unpacked']}")
        body = packages.body_of(stream, name, size)
    except ValidationError as refused:
        raise Unreadable(f"“{name}”{REASONS.get(refused.code, BROKEN)}") from None
    except packages.BROKEN:
        raise Unreadable(f"“{name}”{BROKEN}") from None
    if body != SHEET_ZIP:
        really = OTHER_PACKAGES.get(body, "压缩包")
        raise Unreadable(f"“{name}”其实是{really}，不是 Excel 工作簿。{SAVE_AS}")
    if _is_strict(stream):
        raise Unreadable(f"“{name}”{STRICT}{SAVE_AS}")


def _unpacked(stream) -> int:
    """What the directory claims; `packages` afterwards makes sure that it does not lie."""
    with zipfile.ZipFile(stream) as package:
        return sum(entry.file_size for entry in package.infolist())


def _is_strict(stream) -> bool:
    """Strict OOXML has names of its own for everything, which openpyxl passes over as if nothing were there."""
    with zipfile.ZipFile(stream) as package:
        return "_rels/.rels" in package.namelist() and STRICT_MARK in package.read("_rels/.rels")


def _refuse_other(stream, name: str, head: bytes) -> None:
    if head.startswith(OLE):
        _refuse_ole(stream, name)
    raise Unreadable(f"“{name}”不是 Excel 工作簿，或者已经损坏。{SAVE_AS}")


def _refuse_ole(stream, name: str) -> None:
    stream.seek(0)
    content = stream.read(MAX_BYTES)
    if LOCKED in content:
        raise Unreadable(f"“{name}”{REASONS['password']}")
    if WORKBOOK in content:
        raise Unreadable(f"“{name}”是旧版 Excel（.xls）。{SAVE_AS}")
    raise Unreadable(f"“{name}”不是 Excel 工作簿。{SAVE_AS}")


def _is_text(head: bytes, name: str) -> bool:
    """By its beginning; what is called a text table is taken for one, and says itself what is wrong with it."""
    if head.startswith((ZIP, OLE, b"%PDF-")):
        return False
    if Path(name).suffix.lower() in TEXT_NAMES:
        return True
    return b"\0" not in head and any(_begins_in(encoding, head) for encoding in ("utf-8", "gb18030"))


def _begins_in(encoding: str, head: bytes) -> bool:
    """The last character of the beginning may be cut."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True
