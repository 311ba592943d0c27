"""The words of uploaded files: every corner of an office file, nothing of a picture, and no end of the page's time."""

import io
import time
import zipfile

import docx
import openpyxl
import pytest

from documents import scanning, uploads
from documents.contents import budget, pdf
from documents.contents.budget import Unreadable
from documents.contents.reading import Picture, text_of
from documents.models import Attachment, Scan

from . import files

TEXT_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:pict>'
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="水印机密"/><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)


def saved(paper) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def word() -> bytes:
    paper = docx.Document()
    paper.add_paragraph("正文").add_run()._element.addnext(docx.oxml.parse_xml(TEXT_BOX))
    paper.add_table(1, 2).cell(0, 1).text = "格里的字"
    paper.sections[0].header.paragraphs[0].text = "页眉的字"
    paper.sections[0].footer.paragraphs[0].text = "页脚的字"
    return saved(paper)


def sheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["单元格的字", 12])
    book.active.oddHeader.center.text = "表头的字"
    return saved(book)


def one_page_pdf(words: str, font: bytes = b"/Font") -> bytes:
    """A page in Latin letters, as the smallest honest PDF."""
    text = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << " + font + b" << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type " + font + b" /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + head + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def read(content: bytes, path=None) -> str:
    return text_of(io.BytesIO(content), path)


def lines(content: bytes) -> set[str]:
    return {line.strip() for line in read(content).splitlines() if line.strip()}


def test_every_corner_of_a_word_file():
    assert lines(word()) >= {"正文", "框里的字", "水印机密", "格里的字", "页眉的字", "页脚的字"}


def test_sheets_and_their_printed_headers():
    assert lines(sheet()) >= {"单元格的字", "表头的字"}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_files(encoding):
    assert read("机密★1年\n正文".encode(encoding)) == "机密★1年\n正文"


def test_old_word_files_are_read_at_both_places_a_character_may_begin():
    for shift in (b"", b"\x01"):
        assert "机密★10年" in lines(files.OLE_MAGIC + b"\0" * 504 + shift + "\r机密★10年\r正文".encode("utf-16-le"))


def test_a_pdf_s_text_layer(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(one_page_pdf("SECRET WORDS"))
    assert read(path.read_bytes(), str(path)).split() == ["SECRET", "WORDS"]


def test_pictures_say_so():
    for content in (files.png(), files.jpeg(), files.pdf()):
        with pytest.raises(Picture):
            read(content)


def test_broken_files_end_as_unreadable(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"%PDF-1.7 /Font broken %%EOF")
    for content in (b"PK\x03\x04broken", path.read_bytes(), files.office("word", {"word/header1.xml": b"<a><b>"})):
        with pytest.raises(Unreadable):
            read(content, str(path))


def test_a_file_that_takes_too_long_is_given_up(tmp_path, monkeypatch):
    path, started = tmp_path / "a", time.monotonic()
    path.write_bytes(one_page_pdf("A"))
    monkeypatch.setattr(pdf, "_command", lambda path: ["/bin/sleep", "20"])
    with pytest.raises(Unreadable):
        pdf.words_of(str(path), budget.Text(seconds=0.2))
    assert time.monotonic() - started < 5


def test_a_package_stops_at_its_time_and_at_its_length():
    big = io.BytesIO()
    with zipfile.ZipFile(big, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<d>" + "<t>字字字字字字字字字字</t>" * 150_000 + "</d>")
    assert len(read(big.getvalue())) == budget.MAX_CHARACTERS
    late = budget.Text(seconds=-1)
    from documents.contents import packages

    with pytest.raises(Unreadable):
        packages.words_of(io.BytesIO(word()), late)


@pytest.mark.django_db
def test_a_scan_that_fails_itself_leaves_the_file(monkeypatch):
    monkeypatch.setitem(scanning._finders, "proposal", lambda text: 1 / 0)
    kept = uploads.receive(files.upload("a.txt", b"abc"), None, "proposal")
    assert (kept.scan, Attachment.objects.count()) == (Scan.FAILED, 1)


@pytest.mark.django_db
def test_files_for_other_purposes_are_not_looked_into():
    assert uploads.receive(files.upload("a.txt", "机密★".encode()), None, "scan").scan == Scan.NOT_YET
