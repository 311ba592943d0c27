"""Papers in answers: made with the templates that staff chose, and as .pdf when the address has ?as=pdf."""

import re
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from . import pdf
from .kinds import KINDS
from .papers.templates import filling

DOCX = KINDS[".docx"].content_type
PDF = KINDS[".pdf"].content_type
UNAVAILABLE = 503


class PaperAnswers:
    """The view decides who gets the paper; what it gave is converted. Attachments stay what they were received as."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with filling.chosen():
            answer = self.get_response(request)
        if request.method != "GET" or request.GET.get("as") != "pdf" or not _is_paper(answer):
            return answer
        try:
            return _as_pdf(answer)
        except pdf.NoPdf as error:
            return _refused(request, error)


def _is_paper(answer: HttpResponse) -> bool:
    """A .docx that the portal made: what it was handed comes as a stream, or from the web server."""
    made = answer.status_code == 200 and answer.headers.get("Content-Type") == DOCX
    return made and not answer.streaming and "X-Accel-Redirect" not in answer.headers


def _as_pdf(answer: HttpResponse) -> HttpResponse:
    made = HttpResponse(pdf.converted(answer.content), content_type=PDF)
    made["Content-Disposition"] = content_disposition_header(False, _name(answer))
    made["Cache-Control"] = answer.headers.get("Cache-Control", "private, no-store")
    return made


def _name(answer: HttpResponse) -> str:
    """The name that the view gave the file, with the other ending; Django writes it as RFC 6266 has it."""
    told = answer.headers.get("Content-Disposition", "")
    found = re.search(r"filename\*=utf-8''([^;]+)", told) or re.search(r'filename="([^"]+)"', told)
    name = unquote(found[1]) if found else "公文.docx"
    return f"{name.removesuffix('.docx')}.pdf"


def _refused(request: HttpRequest, error: pdf.NoPdf) -> HttpResponse:
    context = {"heading": "PDF 没有生成", "sentence": error.sentence, "next_step": error.next_step}
    return render(request, "refused.html", context, status=UNAVAILABLE)
