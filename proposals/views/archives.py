"""归档: the whole case as one .zip, and a session's cases as one that is made in the background."""

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.models import Session
from members.posts import posts_of
from proposals import paper_exports
from proposals.archives import case_file, jobs
from proposals.models import ArchiveJob, Proposal
from proposals.states import ProposalState
from workflow.errors import NotAllowed, NotFound, Refused, TooLate
from workflow.views import refusal_page

ZIP = "application/zip"
CLOSED = NotAllowed("案卷由提案委管理。", "如需查阅，请联系提案委。")
SHOWN = 30


def may_archive(user) -> bool:
    return posts_of(user).in_proposal_committee("head", "staff")


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """The case as a .zip, once it is closed."""
    if not may_archive(request.user):
        return refusal_page(request, CLOSED)
    found = case_file.read(Proposal.objects.filter(pk=pk), request.user)
    if not found:
        return refusal_page(request, NotFound())
    proposal = found[0].proposal
    if proposal.state not in ProposalState.FINISHED:
        late = TooLate(f"这件提案目前是“{proposal.get_state_display()}”，还没有办结。", "请等办结后再下载案卷。")
        return refusal_page(request, late, back_href=proposal.get_absolute_url())
    paper_exports.note(request.user, "提案案卷", proposal=proposal)
    return _private(case_file.as_zip(found[0]), f"{case_file.folder_name(proposal)}.zip")


@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """GET: the sessions with what is archived of each, and the jobs. POST: begin a session's archive."""
    if not may_archive(request.user):
        return refusal_page(request, CLOSED)
    if request.method == "POST":
        return _begin(request)
    rows = ArchiveJob.objects.select_related("session__term", "asked_by__person")[:SHOWN]
    return render(
        request,
        "proposals/archives.html",
        {"sessions": sessions_with_counts(), "jobs": rows, "days": jobs.KEPT_DAYS, "crumbs": _crumbs()},
    )


def sessions_with_counts() -> QuerySet[Session]:
    """Newest first, each with how many proposals were received, closed, finished, archived and not yet archived."""
    received = Q(proposals__receipt_number__isnull=False)
    closed = received & Q(proposals__state=ProposalState.CLOSED)
    return Session.objects.select_related("term").annotate(
        received=Count("proposals", filter=received), closed=Count("proposals", filter=closed),
        finished=Count("proposals", filter=received & Q(proposals__state__in=ProposalState.FINISHED)),
        archived=Count("proposals", filter=closed & Q(proposals__archived_at__isnull=False)),
        unarchived=Count("proposals", filter=closed & Q(proposals__archived_at__isnull=True)),
    ).order_by("-term__number", "-ordinal")  # fmt: skip


def _begin(request: HttpRequest) -> HttpResponse:
    given = request.POST.get("session", "")
    known = given.isascii() and given.isdecimal() and len(given) < 10
    session = Session.objects.select_related("term").filter(pk=int(given)).first() if known else None
    if session is None:
        messages.warning(request, "没有找到这次会议，请在列表里选择后再点“生成案卷”。")
        return redirect("proposals:archives")
    try:
        job = jobs.start(session, request.user)
    except Refused as refused:
        messages.warning(request, f"{refused.sentence}{refused.next_step}")
        return redirect("proposals:archives")
    paper_exports.note(request.user, f"申请生成届次案卷（{session}）", count=job.total)
    return redirect("proposals:archive_job", pk=job.pk)


@require_safe
def job(request: HttpRequest, pk) -> HttpResponse:
    """How far it is; the page looks again by itself while it is under way."""
    if not may_archive(request.user):
        return refusal_page(request, CLOSED)
    row = ArchiveJob.objects.select_related("session__term", "asked_by__person").filter(pk=pk).first()
    if row is None:
        return refusal_page(request, NotFound())
    return render(request, "proposals/archive_job.html", {"job": row, "crumbs": _crumbs(str(row))})


@require_POST
def cancel(request: HttpRequest, pk) -> HttpResponse:
    if not may_archive(request.user):
        return refusal_page(request, CLOSED)
    row = ArchiveJob.objects.filter(pk=pk).first()
    if row is None:
        return refusal_page(request, NotFound())
    try:
        jobs.cancel(row)
        messages.success(request, "已要求取消，没有做完的文件会删除。")
    except Refused as refused:
        messages.warning(request, f"{refused.sentence}{refused.next_step}")
    return redirect("proposals:archive_job", pk=pk)


@require_safe
def file(request: HttpRequest, pk) -> HttpResponse:
    """The private link: for the committee alone, until it expires; every time it is taken is noted."""
    if not may_archive(request.user):
        return refusal_page(request, CLOSED)
    row = ArchiveJob.objects.select_related("session__term").filter(pk=pk).first()
    if row is None:
        return refusal_page(request, NotFound())
    if not (row.may_be_taken and jobs.path_of(row).exists()):
        late = TooLate("这份案卷还没有生成，或者下载期限已过。", "请在“归档”页面重新生成。")
        return refusal_page(request, late, back_href=reverse("proposals:archives"))
    paper_exports.note(request.user, f"届次案卷（{row.session}）", count=row.done)
    return _private(jobs.path_of(row).open("rb"), f"{row.session}提案案卷.zip")


def _private(content, name: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=ZIP)
    response["Cache-Control"] = "private, no-store"
    return response


def _crumbs(*more: str) -> list[tuple[str, str]]:
    here = [("归档", reverse("proposals:archives") if more else "")]
    return [("首页", reverse("home")), ("提案", reverse("proposals:list")), *here, *((name, "") for name in more)]
