"""The page of the 提案工作情况报告: choose the session, read the sentences, take the paper."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.kinds import KINDS
from members.models import Session
from proposals import paper_exports
from reports.figures.sight import reader_of
from reports.papers import work_figures, work_report
from reports.papers import work_sentences as sentences
from workflow.errors import NotAllowed
from workflow.views import refusal_page


class WorkReportForm(forms.Form):
    session = forms.ModelChoiceField(label="届次", queryset=Session.objects.none(), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = Session.objects.select_related("term")


@require_safe
def work_report_page(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request.user)
    if not reader.keeps:
        return refusal_page(request, NotAllowed("提案工作情况报告由提案委出具。", "如需要报告，请联系提案委。"))
    form = WorkReportForm(_usual() | request.GET.dict())
    crumbs = [("首页", reverse("home")), ("统计", reverse("reports:figures")), ("工作情况报告", "")]
    if not form.is_valid():
        return render(request, "reports/work.html", {"form": form, "crumbs": crumbs}, status=400)
    session = form.cleaned_data["session"]
    work = work_figures.gather(session, reader)
    if "file" in request.GET:
        return _file(request.user, work)
    context = {
        "form": form, "crumbs": crumbs, "title": sentences.title(session), "note": sentences.note(),
        "sections": sentences.sections(work), "file": f"?{urlencode({'session': session.pk, 'file': 'docx'})}",
        "tables": [
            {"caption": "立案提案分类统计", "heads": work_report.CATEGORY_HEADS, "rows": _rows(work_report.CATEGORY_HEADS, work_report.category_rows(work))},
            {"caption": "提案承办单位情况", "heads": work_report.UNIT_HEADS, "rows": _rows(work_report.UNIT_HEADS, work_report.unit_rows(work))},
        ],
    }  # fmt: skip
    return render(request, "reports/work.html", context)


def _rows(heads, rows) -> list[list[tuple[str, str]]]:
    return [list(zip(heads, row, strict=True)) for row in rows]


def _usual() -> dict:
    session = Session.objects.current() or Session.objects.first()
    return {"session": str(session.pk) if session else ""}


def _file(user, work: work_figures.Work) -> HttpResponse:
    paper_exports.note(user, f"提案工作情况报告（{work.session}）")
    response = HttpResponse(work_report.write(work), content_type=KINDS[".docx"].content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{work.session}提案工作情况报告.docx")
    response["Cache-Control"] = "private, no-store"
    return response
