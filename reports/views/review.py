"""The page of the 提案审查情况报告: choose the session and the habit of counting, read the sentences, take the paper."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.kinds import KINDS
from members.models import Session
from members.posts import posts_of
from proposals import paper_exports
from proposals.statistics import INSIDE, OUTSIDE, session_report
from proposals.views.crumbs import crumbs_under
from reports.papers import review_report
from reports.papers import review_sentences as sentences
from workflow.errors import NotAllowed
from workflow.views import refusal_page

HABITS = [(OUTSIDE, "并案单列（被并入的不计入立案）"), (INSIDE, "并案计入立案")]


class ReviewReportForm(forms.Form):
    session = forms.ModelChoiceField(label="届次", queryset=Session.objects.none(), empty_label=None)
    counting = forms.ChoiceField(label="统计口径", choices=HABITS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = Session.objects.select_related("term")


@require_safe
def review_report_page(request: HttpRequest) -> HttpResponse:
    if not posts_of(request.user).in_proposal_committee("head", "staff", "reviewer"):
        return refusal_page(request, NotAllowed("审查情况报告由提案委出具。", "如需要报告，请联系提案委。"))
    form = ReviewReportForm(_usual() | request.GET.dict())
    if not form.is_valid():
        return render(
            request, "reports/review.html", {"form": form, "crumbs": crumbs_under("审查情况报告")}, status=400
        )
    session, counting = form.cleaned_data["session"], form.cleaned_data["counting"]
    figures = session_report(session, counting)
    if "file" in request.GET:
        return _file(request.user, session, figures, counting)
    context = {
        "form": form, "crumbs": crumbs_under("审查情况报告"), "title": sentences.title(session), "note": sentences.note(counting),
        "sections": sentences.sections(session, figures, counting), "rows": sentences.categories(figures),
        "file": f"?{urlencode({'session': session.pk, 'counting': counting, 'file': 'docx'})}",
    }  # fmt: skip
    return render(request, "reports/review.html", context)


def _usual() -> dict:
    session = Session.objects.current() or Session.objects.first()
    return {"session": str(session.pk) if session else "", "counting": OUTSIDE}


def _file(user, session: Session, figures: dict, counting: str) -> HttpResponse:
    paper_exports.note(user, f"提案审查情况报告（{session}）")
    response = HttpResponse(review_report.write(session, figures, counting), content_type=KINDS[".docx"].content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{session}提案审查情况报告.docx")
    response["Cache-Control"] = "private, no-store"
    return response
