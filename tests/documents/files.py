"""Files made in memory: honest ones of every kind, and the parts hostile ones are made of."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
MAIN_TYPES = {
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xl": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "ppt": "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}


def upload(name: str, content: bytes, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    """As the browser sends it. The name is set past Django's own clean-up, which another door may not have."""
    file = SimpleUploadedFile("x", content, content_type)
    file._name = name
    return file


def pdf(body: bytes = b"") -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n" + body + b"\nstartxref\n9\n%%EOF\n"


def jpeg(body: bytes = b"\x01\x02") -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + body + b"\xff\xd9"


def png(tail: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"") + tail


def ole(*streams: str) -> bytes:
    """The look of an OLE file: its mark, and a directory entry for each stream."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", 2 * len(name) + 2, 2) + b"\0" * 61
        for name in streams
    )
    return OLE_MAGIC + b"\0" * 504 + entries


def package(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(folder: str, extra: dict[str, bytes] | None = None, types: str = "") -> bytes:
    """The smallest package that says it is a document of Word ("word"), Excel ("xl") or PowerPoint ("ppt")."""
    declared = f'<Types><Override ContentType="{types or MAIN_TYPES[folder]}"/></Types>'
    return package(
        {
            "[Content_Types].xml": declared.encode(),
            f"{folder}/document.xml": b"<?xml version='1.0'?><d/>",
            **(extra or {}),
        }
    )


def word() -> bytes:
    """Written by python-docx."""
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("关于加强校园周边交通管理的提案")
    document.save(buffer)
    return buffer.getvalue()


def sheet() -> bytes:
    """Written by openpyxl."""
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["案号", "案由"])
    book.save(buffer)
    return buffer.getvalue()


def lying_about_size(folder: str = "xl") -> bytes:
    """A package whose directory claims 10 bytes for a part that unpacks to 5 MB."""
    content = office(folder, {"xl/sheet1.xml": b"0" * 5_000_000})
    true, false = struct.pack("<I", 5_000_000), struct.pack("<I", 10)
    return content.replace(true, false)


def of_many_entries(count: int) -> bytes:
    return package({"[Content_Types].xml": MAIN_TYPES["xl"].encode(), **{f"xl/{n}": b"" for n in range(count)}})


def claiming(size: int) -> bytes:
    """A small package whose directory claims that one part has this size."""
    content = office("xl", {"xl/sheet1.xml": b"0" * 4_321})
    return content.replace(struct.pack("<I", 4_321), struct.pack("<I", size))


def overlapping() -> bytes:
    """Many directory entries over the same packed bytes: the better zip bomb."""
    content = office("xl", {"xl/sheet1.xml": bytes(20_000_000)})
    end = content.rindex(b"PK\x05\x06")
    size, start = struct.unpack("<II", content[end + 12 : end + 20])
    directory = content[start : start + size]
    last = directory[directory.rindex(b"PK\x01\x02") :]
    copies = b"".join(last.replace(b"sheet1", b"sheet" + bytes([65 + n])) for n in range(12))
    count = struct.pack("<H", 3 + 12)
    closing = b"PK\x05\x06" + b"\0\0\0\0" + count + count + struct.pack("<II", size + len(copies), start) + b"\0\0"
    return content[:start] + directory + copies + closing
