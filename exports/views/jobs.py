"""我的导出: a person's own jobs, one with its progress, stopping it, its file. Of others' nothing is said."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from exports import files, jobs, limits, records, workers
from exports.models import Job, JobStatus
from exports.models.record import Step
from workflow.errors import NotFound, Refused, TooLate
from workflow.views import refusal_page

PER_PAGE = 20
TONES = {
    JobStatus.WAITING: "waiting", JobStatus.RUNNING: "info", JobStatus.DONE: "success", JobStatus.FAILED: "danger",
    JobStatus.CANCELLED: "neutral", JobStatus.EXPIRED: "neutral",
}  # fmt: skip


@require_safe
@never_cache
def own_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(Job.objects.of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    for row in rows:
        row.tone = TONES[row.status]
    context = {
        "page": page, "rows": rows, "days": limits.KEPT.days, "params": request.GET, "crumbs": crumbs(),
        "warning": workers.warning() if any(row.is_under_way for row in rows) else "",
    }  # fmt: skip
    return render(request, "exports/jobs.html", context)


@require_safe
@never_cache
def detail(request: HttpRequest, pk) -> HttpResponse:
    """How far it is; the page looks again by itself while it is under way, and by its button without JavaScript."""
    try:
        job = jobs.own(request.user, pk)
    except NotFound as refused:
        return _refusal(request, refused)
    context = {
        "job": job, "tone": TONES[job.status], "days": limits.KEPT.days, "crumbs": crumbs(str(job)),
        "warning": workers.warning() if job.is_under_way else "",
    }  # fmt: skip
    return render(request, "exports/job.html", context)


@require_POST
def cancel(request: HttpRequest, pk) -> HttpResponse:
    try:
        jobs.cancel(jobs.own(request.user, pk))
        messages.success(request, "已要求取消，没有做完的文件会删除。")
    except NotFound as refused:
        return _refusal(request, refused)
    except TooLate as refused:
        messages.warning(request, str(refused))
    return redirect("exports:job", pk=pk)


@require_safe
def file(request: HttpRequest, pk) -> HttpResponse:
    """The private link; every time it is taken is kept on record."""
    try:
        job = jobs.own(request.user, pk)
        jobs.takeable(job, request.user)
        content = files.path_of(job.stored).open("rb")
    except Refused as refused:
        return _refusal(request, refused)
    except OSError:
        return _refusal(request, TooLate("这份文件已经不在了。", "请重新导出一份。"))
    if request.method == "GET":
        records.of_job(job, request.user, Step.TAKEN, job.total)
    return as_file(content, job.name)


def as_file(content, name: str) -> FileResponse:
    """Streamed, never kept by a browser or a proxy, and taken for nothing but what it is."""
    answer = FileResponse(content, as_attachment=True, filename=name)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    return refusal_page(request, refused, back_href=reverse("exports:jobs"), back_label="返回我的导出")


def crumbs(*more: str) -> list[tuple[str, str]]:
    here = [("我的导出", reverse("exports:jobs") if more else "")]
    return [("首页", reverse("home")), *here, *((name, "") for name in more)]
