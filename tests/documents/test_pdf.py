"""PDF of papers: the same paper, or words; one at a time, with an end, and nothing left behind."""

import os
import select
import stat
import time

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.http import content_disposition_header

from documents import pdf
from documents.kinds import KINDS
from documents.paper_answers import PaperAnswers
from documents.papers.templates.kinds import register

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


@pytest.mark.skipif(bool(pdf.missing()), reason="LibreOffice is not installed")
@pytest.mark.timeout(180)
@pytest.mark.campaign
def test_the_real_one(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path
    assert pdf.converted(KIND.write(KIND.example())).startswith(b"%PDF-")
