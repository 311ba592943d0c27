"""PDF of papers: the same paper, or words; one at a time, with an end, and nothing left behind."""

import io
import os
import select
import stat
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.http import content_disposition_header
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from documents import pdf
from documents.kinds import KINDS
from documents.paper_answers import PaperAnswers
from documents.papers.templates.kinds import register

from .printed import converted

KIND = register()["unit_list"]


@pytest.fixture
def office(settings, tmp_path):
    """A stand-in for LibreOffice with a given script."""
    settings.PORTAL_DATA, settings.PDF_SECONDS = tmp_path / "data", 5

    def place(script: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        settings.SOFFICE = str(program)

    return place


MAKES = 'for last; do :; done; printf "%%PDF-1.7" > "$(dirname "$last")/paper.pdf"'


def left(settings) -> set[str]:
    return {entry.name for entry in (settings.PORTAL_DATA / "pdf").iterdir()}


def test_the_converted_paper_and_nothing_left(office, settings):
    office(MAKES)
    assert (pdf.missing(), pdf.converted(b"x")) == ("", b"%PDF-1.7")
    assert left(settings) == {"turn"}


def test_without_libreoffice_it_says_what_to_install(settings):
    settings.SOFFICE = "/nowhere/soffice"
    assert pdf.missing().startswith("服务器上没有安装 LibreOffice") and "libreoffice-writer" in pdf.missing()
    with pytest.raises(pdf.NoPdf, match="没有安装 LibreOffice"):
        pdf.converted(b"x")


def test_too_slow_is_ended_with_its_children(office, settings, tmp_path):
    office(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    settings.PDF_SECONDS = 1
    began = time.monotonic()
    with pytest.raises(pdf.NoPdf, match="转换超过 1 秒"):
        pdf.converted(b"x")
    assert time.monotonic() - began < 10
    assert ended(int((tmp_path / "child").read_text()))
    assert left(settings) == {"turn"}


def ended(child: int) -> bool:
    """Whether it is gone, or is so within five seconds."""
    try:
        handle = os.pidfd_open(child)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], 5)[0])
    finally:
        os.close(handle)


def test_what_a_killed_server_left_is_ended_and_removed(office, settings):
    home = settings.PORTAL_DATA / "pdf"
    (home / "paper-old").mkdir(parents=True)
    (home / "paper-old" / "paper.docx").write_text("秘密")
    orphan = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", pdf._installation(home)])
    office(MAKES)
    try:
        assert pdf.converted(b"x") == b"%PDF-1.7"
        assert left(settings) == {"turn"} and orphan.wait(5) < 0
    finally:
        orphan.kill()


def test_who_waits_is_few_and_told_at_once(office, settings):
    office(MAKES)
    for _place in range(pdf.TOGETHER):
        pdf._places.acquire()
    try:
        began = time.monotonic()
        with pytest.raises(pdf.NoPdf, match="正在转换别的文件") as caught:
            pdf.converted(b"x")
        assert time.monotonic() - began < 2 and "过一会儿" in caught.value.next_step
    finally:
        for _place in range(pdf.TOGETHER):
            pdf._places.release()
    assert pdf.converted(b"x") == b"%PDF-1.7"


def test_the_program_is_told_to_fetch_and_to_run_nothing(office, settings):
    office(MAKES)
    pdf.converted(b"x")
    kept = settings.PORTAL_DATA / "pdf-profile" / "user" / "registrymodifications.xcu"
    said = kept.read_text()
    for name, value in (("BlockUntrustedRefererLinks", "true"), ("DisableMacrosExecution", "true"), ("Link", "0")):
        assert f'oor:name="{name}" oor:op="fuse"><value>{value}<' in said
    kept.write_text(f"{said}<!-- its own -->")
    pdf.converted(b"x")
    assert kept.read_text().endswith("<!-- its own -->")


def test_it_may_not_take_all_the_memory(office):
    office(f'while [ "$(ulimit -v)" = unlimited ]; do :; done; {MAKES}')
    assert pdf.converted(b"x") == b"%PDF-1.7"


def test_what_cannot_be_read_is_said(office):
    office("exit 1")
    with pytest.raises(pdf.NoPdf, match="没有转换成 PDF"):
        pdf.converted(b"x")


def answered(address: str, status: int = 200) -> HttpResponse:
    def view(request):
        answer = HttpResponse(b"PK", content_type=KINDS[".docx"].content_type, status=status)
        answer["Content-Disposition"] = content_disposition_header(True, "县教育局_交办清单.docx")
        return answer

    return PaperAnswers(view)(RequestFactory().get(address))


def test_every_answer_with_a_paper_can_be_a_pdf(office):
    office(MAKES)
    plain, made, refused = answered("/x"), answered("/x?as=pdf"), answered("/x?as=pdf", 404)
    assert (plain.content, made.content, refused.content) == (b"PK", b"%PDF-1.7", b"PK")
    assert made["Content-Type"] == "application/pdf"
    assert made["Content-Disposition"] == content_disposition_header(False, "县教育局_交办清单.pdf")


@pytest.mark.timeout(180)
@pytest.mark.campaign
def test_the_real_one(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path
    assert converted(KIND.write(KIND.example())).startswith(b"%PDF-")


@pytest.mark.timeout(180)
@pytest.mark.campaign
def test_the_real_one_fetches_nothing(settings, tmp_path):
    """A picture that lies elsewhere, on the net or on the server, is not in the paper and is not asked for."""
    settings.PORTAL_DATA = tmp_path
    with listening() as (port, asked):
        made = converted(with_linked_picture(f"http://127.0.0.1:{port}/picture.png"))
    assert made.startswith(b"%PDF-") and asked == []


@contextmanager
def listening():
    """A server on the own machine, and what it was asked for."""
    asked: list[str] = []

    class Notes(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def __getattr__(self, name):
            """Whatever else it is asked."""
            if name.startswith("do_"):
                return self.do_GET
            raise AttributeError(name)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Notes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


def with_linked_picture(address: str) -> bytes:
    paper, out = Document(), io.BytesIO()
    key = paper.part.relate_to(address, RELATIONSHIP_TYPE.IMAGE, is_external=True)
    size = '<wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="a"/>'
    picture = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="{key}"/>'
        '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    data = f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">{picture}</a:graphicData></a:graphic>'
    inline = parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'pic', 'r')}><wp:inline>{size}{data}</wp:inline></w:drawing>"
    )
    paper.add_paragraph("有图").add_run()._r.append(inline)
    paper.save(out)
    return out.getvalue()
