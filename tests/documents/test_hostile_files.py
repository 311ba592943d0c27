"""Files that mean harm, or are not what their name says: each is refused with its reason, and leaves nothing."""

import io
import resource
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from documents import uploads
from documents.models import Attachment
from tests.factories import people

from . import files

pytestmark = pytest.mark.django_db

EXE = b"MZ\x90\x00" + b"\x00" * 200
ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200
PAGE = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
VBA = {"word/vbaProject.bin": b"\xd0\xcf"}

HOSTILE = {
    # Kinds that may not come in at all
    "program": ("安装.exe", EXE, "kind"),
    "double extension": ("报告.pdf.exe", EXE, "kind"),
    "hidden by a direction mark": ("报告\u202efdp.exe", EXE, "kind"),
    "NUL in the name": ("报告.exe\x00.pdf.exe", EXE, "kind"),
    "page": ("通知.html", PAGE, "kind"),
    "vector picture": ("图.svg", SVG, "kind"),
    "script": ("说明.js", b"alert(1)", "kind"),
    "shortcut": ("打开.lnk", b"L\0\0\0", "kind"),
    "server page": ("x.php", b"<?php system($_GET[1]);", "kind"),
    "archive": ("材料.zip", files.package({"a.txt": b"a"}), "kind"),
    "no extension": ("报告", files.pdf(), "kind"),
    "only an extension": (".pdf", files.pdf(), "kind"),
    "Word with macros": ("表.docm", files.office("word", VBA, MACRO_TYPE), "macro"),
    "Excel with macros": ("表.xlsm", files.sheet(), "macro"),
    # One thing named as another
    "program as PDF": ("报告.pdf", EXE, "content"),
    "program as Word": ("报告.doc", ELF, "content"),
    "page as PDF": ("报告.pdf", PAGE, "content"),
    "page as Word": ("报表.doc", PAGE, "content"),
    "page as Excel": ("报表.xls", b"<html><table></table></html>", "content"),
    "vector picture as PNG": ("图.png", SVG, "content"),
    "GIF as JPG": ("图.jpg", b"GIF89a" + b"\0" * 60, "content"),
    "RTF as Word": ("报告.doc", b"{\\rtf1\\ansi{\\object\\objdata}}", "content"),
    "Word as Excel": ("表.xlsx", files.word(), "content"),
    "Excel as Word": ("文.docx", files.sheet(), "content"),
    "archive as Word": ("文.docx", files.package({"a.txt": b"a"}), "content"),
    "installer as Word": ("文.doc", files.ole("SummaryInformation", "MsiStuff"), "content"),
    "PDF that does not start as one": ("报告.pdf", b"\n\n\n" + PAGE + files.pdf(), "content"),
    "PDF cut off": ("报告.pdf", files.pdf()[:40], "content"),
    "bytes as text": ("说明.txt", bytes(range(256)), "content"),
    "program as text": ("说明.txt", EXE, "content"),
    # Two things at once
    "PDF that is also an archive": ("报告.pdf", files.pdf() + files.package({"a": b"a"}), "active_content"),
    "picture that is also a page": ("图.jpg", files.jpeg(b"<HTML><script>alert(1)</script>"), "active_content"),
    "picture with PHP": ("图.png", files.png(b"<?php system('id'); ?>"), "active_content"),
    "picture that is also an archive": ("图.png", files.png(files.package({"a": b"a"})), "active_content"),
    "program before a Word file": ("文.docx", EXE + files.word(), "content"),
    "text that is a page": ("说明.txt", "您好 <script>alert(1)</script>".encode(), "active_content"),
    "text that is a page in UTF-16": ("说明.txt", "<script>alert(1)</script>".encode("utf-16"), "active_content"),
    # Programs inside
    "PDF with JavaScript": ("表单.pdf", files.pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "active_content"),
    "PDF that starts a program": ("表单.pdf", files.pdf(b"<< /S /Launch /F (cmd.exe) >>"), "active_content"),
    "macros renamed to docx": ("文.docx", files.office("word", VBA), "macro"),
    "macro type renamed to docx": ("文.docx", files.office("word", types=MACRO_TYPE), "macro"),
    "Excel 4 macros": ("表.xlsx", files.office("xl", {"xl/macrosheets/s.xml": b"<x/>"}), "macro"),
    "old Word with macros": ("文.doc", files.ole("WordDocument", "_VBA_PROJECT"), "macro"),
    "program in a package": ("文.docx", files.office("word", {"word/embeddings/a.exe": EXE}), "active_content"),
    "archive in a package": ("文.docx", files.office("word", {"word/42.zip": b"PK"}), "active_content"),
    "page in a package": ("表.xlsx", files.office("xl", {"xl/a.html": PAGE}), "active_content"),
    # After the reader's XML parser
    "billion laughs": ("文.docx", files.office("word", {"word/a.xml": LAUGHS}), "active_content"),
    "external entity": ("表.xlsx", files.office("xl", {"xl/a.xml": OUTSIDE}), "active_content"),
    "external entity in UTF-16": (
        "表.xlsx", files.office("xl", {"xl/a.xml": OUTSIDE.decode().encode("utf-16")}), "active_content",
    ),
    "declaration between two reads": (
        "文.docx", files.office("word", {"word/a.xml": b" " * (256 * 1024 - 4) + OUTSIDE}), "active_content",
    ),
    # Bombs: the large ones are made when they are asked for, not whenever the tests are read
    "unpacks to 400 MB": ("表.xlsx", files.claiming(400_000_000), "unpacked"),
    "unpacks to 4 GB": ("表.xlsx", files.claiming(4_000_000_000), "unpacked"),
    "overlapping parts": ("表.xlsx", files.overlapping, "unpacked"),
    "60 MB of zeros": ("表.xlsx", lambda: files.office("xl", {"xl/sheet1.xml": bytes(60_000_000)}), "unpacked"),
    "5,100 parts": ("表.xlsx", lambda: files.of_many_entries(5_100), "unpacked"),
    "lies about a part's size": ("表.xlsx", files.lying_about_size, "broken"),
    "unusual packing": ("文.docx", files.package({"[Content_Types].xml": b"x" * 99}, zipfile.ZIP_LZMA), "broken"),
    # Names that leave the folder, broken ends, nothing at all
    "part outside the package": ("文.docx", files.office("word", {"../../etc/cron.d/x": b"x"}), "broken"),
    "package cut off": ("文.docx", files.word()[:-200], "broken"),
    "package with a comment": ("文.docx", files.word()[:-2] + b"\x04\x00abcd", "broken"),
    "locked by a password": ("文.docx", files.ole("EncryptedPackage", "EncryptionInfo"), "password"),
    "empty": ("报告.pdf", b"", "empty"),
    "no name": ("..", files.pdf(), "name"),
}  # fmt: skip


def hostile(case: str) -> tuple[str, bytes, str]:
    """Its name, its content, and the code of the refusal."""
    name, content, code = HOSTILE[case]
    return name, content() if callable(content) else content, code


def stored() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_and_leaves_nothing(case):
    name, content, code = hostile(case)
    before = stored()
    with pytest.raises(ValidationError) as refusal:
        uploads.receive(files.upload(name, content), people.user())
    assert refusal.value.code == code
    assert len(refusal.value.messages) == 1
    assert (Attachment.objects.count(), stored()) == (0, before)


def test_there_are_enough_hostile_files():
    assert len(HOSTILE) >= 60


@pytest.mark.parametrize("case", ["program as PDF", "macros renamed to docx", "60 MB of zeros", "archive"])
def test_sentence_names_file_reason_and_remedy(case):
    name, content, _ = hostile(case)
    with pytest.raises(ValidationError) as refusal:
        uploads.receive(files.upload(name, content), people.user())
    sentence = refusal.value.messages[0]
    assert (
        sentence
        == {
            "program as PDF": "“报告.pdf”的内容其实是程序，不是 PDF 文件，没有上传。请用原来的软件打开检查，重新另存后再上传。",
            "macros renamed to docx": (
                "“文.docx”带有宏程序，可能不安全，没有上传。"
                "请用 WPS 或 Word、Excel 打开，另存为不带宏的 .docx、.xlsx 或 PDF 后再上传。"
            ),
            "60 MB of zeros": "“表.xlsx”展开后的内容过大，没有上传。请删去多余的空行和大图，或另存为 PDF 后再上传。",
            "archive": "“材料.zip”是压缩包，没有上传。请解压后把里面的文件逐个上传。",
        }[case]
    )


def test_huge_directory_is_refused_before_it_is_read():
    """300,000 entries in 24 MB would cost hundreds of MB as Python objects."""
    entry = b"PK\x01\x02" + b"\0" * 24 + (1).to_bytes(2, "little") + b"\0" * 16 + b"a"
    directory = entry * 300_000
    count = (65_535).to_bytes(2, "little")
    end = b"PK\x05\x06" + b"\0" * 4 + count * 2 + len(directory).to_bytes(4, "little") + (4).to_bytes(4, "little")
    content = b"PK\x03\x04" + directory + end + b"\0\0"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ValidationError) as refusal:
        uploads.receive(files.upload("表.xlsx", content), people.user())
    assert refusal.value.code == "unpacked"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_size_limit_is_exact(settings):
    settings.DOCUMENTS_MAX_BYTES = len(files.pdf())
    user = people.user()
    assert uploads.receive(files.upload("a.pdf", files.pdf()), user).size == len(files.pdf())
    with pytest.raises(ValidationError) as refusal:
        uploads.receive(files.upload("b.pdf", files.pdf(b"x")), user)
    assert refusal.value.code == "size"


def test_nothing_is_refused_by_chance():
    """Compressed pictures and PDFs hold every short word somewhere; 8 MB of noise must pass."""
    noise = io.BytesIO()
    seed = 1
    for _ in range(8 * 1024):
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        noise.write(seed.to_bytes(8, "little") * 1 + bytes((seed >> n) & 255 for n in range(56)) * 18)
    for name, content in {"a.jpg": files.jpeg(noise.getvalue()), "b.pdf": files.pdf(noise.getvalue())}.items():
        assert uploads.receive(files.upload(name, content), people.user()).name == name
