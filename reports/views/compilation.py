"""The page of the 提案汇编: choose session, audience and form; the file is made in the background."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from exports import jobs, workers
from members.models import Session
from members.posts import posts_of
from proposals.views.crumbs import crumbs_under
from reports.forms import CompilationForm
from reports.papers import compilation
from workflow.errors import NotAllowed, Refused
from workflow.views import refusal_page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def compilation_page(request: HttpRequest) -> HttpResponse:
    if not posts_of(request.user).in_proposal_committee("head", "staff", "reviewer"):
        return refusal_page(request, NotAllowed("提案汇编由提案委编印。", "如需要汇编，请联系提案委。"))
    form = CompilationForm(request.POST or None, person=request.user, initial={"session": Session.objects.current()})
    if form.is_bound and form.is_valid():
        return _begin(request, form)
    context = {"form": form, "crumbs": crumbs_under("提案汇编"), "warning": workers.warning()}
    return render(request, "reports/compilation.html", context, status=400 if form.errors else 200)


def _begin(request: HttpRequest, form: CompilationForm) -> HttpResponse:
    label = f"{compilation.title(form.cleaned_data['session'])}（{form.said}）"
    try:
        return redirect(jobs.start(compilation.KIND, request.user, form.parameters, label))
    except Refused as refused:
        return refusal_page(request, refused, back_href=reverse("reports:compilation"), back_label="返回提案汇编")
