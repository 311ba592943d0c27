"""年度定稿: what was signed, signing, comparing with today's count, the paper, and releasing it to the public."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from documents.kinds import KINDS
from proposals import paper_exports
from reports.figures import snapshots
from reports.figures.sight import reader_of
from reports.models import FigureRelease, FigureSnapshot
from reports.papers import snapshot_paper
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.views import refusal_page

from .figures import crumbs

CLOSED = NotAllowed("年度定稿由提案委、政协机关和领导查看。", "公布了的年度统计，在公开页面上可以看到。")
NOT_HEAD = NotAllowed("年度统计由提案委负责人公布和撤下。", "请提案委负责人登录后办理。")
BACK = {"back_label": "返回年度定稿"}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    if not reader_of(request.user).everything:
        return refusal_page(request, CLOSED)
    released = set(FigureRelease.objects.filter(withdrawn_at__isnull=True).values_list("snapshot_id", flat=True))
    rows = FigureSnapshot.objects.defer("values").order_by("-year")
    context = {
        "rows": [{"row": row, "is_released": row.pk in released} for row in rows], "signs": snapshots.may_sign(request.user),
        "waiting": snapshots.waiting_years(), "crumbs": crumbs(("统计", reverse("reports:figures")), ("年度定稿", "")),
    }  # fmt: skip
    return render(request, "reports/figures/snapshots.html", context)


@require_safe
def one(request: HttpRequest, year: int) -> HttpResponse:
    """A signed year, with `compare` beside today's count; a year that waits as it would be signed."""
    reader = reader_of(request.user)
    if not reader.everything:
        return refusal_page(request, CLOSED)
    row = FigureSnapshot.objects.filter(year=year).first()
    if row is None and year not in snapshots.waiting_years():
        return refusal_page(request, NotFound(), back_href=reverse("reports:snapshots"), **BACK)
    up = [("统计", reverse("reports:figures")), ("年度定稿", reverse("reports:snapshots")), (f"{year}年", "")]
    if row is None:
        return render(request, "reports/figures/snapshot_draft.html", {
            "year": year, "groups": _draft(year, reader), "signs": snapshots.may_sign(request.user), "crumbs": crumbs(*up),
        })  # fmt: skip
    found = snapshots.frozen_of(row, reader)
    if (kind := request.GET.get("file", "")) in ("docx", "xlsx"):
        return _file(request.user, row, found, kind)
    compared = snapshots.differences(row, reader) if request.GET.get("compare") == "1" else None
    release_ = row.releases.filter(withdrawn_at__isnull=True).first()
    return render(request, "reports/figures/snapshot.html", {
        "row": row, "groups": snapshots.grouped(found), "is_whole": snapshots.is_whole(row), "compared": compared,
        "changed": sum(not one.is_same for one in compared or []), "release": release_, "reader": reader,
        "signs": snapshots.may_sign(request.user), "crumbs": crumbs(*up),
    })  # fmt: skip


def _draft(year: int, reader) -> list:
    found = [snapshots.Frozen(**one) for one in snapshots.draft(year, reader)]
    return snapshots.grouped(snapshots.told(found, reader))


@require_POST
def sign(request: HttpRequest, year: int) -> HttpResponse:
    here = reverse("reports:snapshot", args=[year])
    try:
        if request.POST.get("checked") != "yes":
            snapshots.check(request.user)
            messages.error(request, "没有定稿：请先核对，在“已经核对”前打勾，再签署。")
            return redirect(here)
        snapshots.freeze(year, request.user)
    except Refused as refused:
        return refusal_page(request, refused, back_href=reverse("reports:snapshots"), **BACK)
    messages.success(request, f"{year} 年统计已签署定稿，以后不会再变。")
    return redirect(here)


@require_POST
def release(request: HttpRequest, year: int) -> HttpResponse:
    """Put the public figures of the year on the public page, or take them down."""
    if not snapshots.may_sign(request.user):
        return refusal_page(request, NOT_HEAD, back_href=reverse("reports:snapshots"), **BACK)
    row = FigureSnapshot.objects.filter(year=year).first()
    if row is None:
        return refusal_page(request, NotFound(), back_href=reverse("reports:snapshots"), **BACK)
    if request.POST.get("do") == "withdraw":
        open_ = row.releases.filter(withdrawn_at__isnull=True)
        done = open_.update(withdrawn_at=timezone.now(), withdrawn_by=request.user)
        messages.success(request, f"{year} 年统计已从公开页面撤下。" if done else f"{year} 年统计没有在公开页面上。")
    else:
        messages.success(
            request, f"{year} 年统计已公布。" if _release(row, request.user) else f"{year} 年统计已经公布过。"
        )
    return redirect("reports:snapshot", year)


def _release(row: FigureSnapshot, user) -> bool:
    try:
        with transaction.atomic():
            FigureRelease.objects.create(snapshot=row, released_by=user)
    except IntegrityError:
        return False
    return True


def _file(user, row: FigureSnapshot, found, kind: str) -> HttpResponse:
    paper_exports.note(user, f"{row.year}年度统计定稿", count=len(found))
    response = HttpResponse(snapshot_paper.write(kind, row, found), content_type=KINDS[f".{kind}"].content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{row.year}年度统计.{kind}")
    response["Cache-Control"] = "private, no-store"
    return response
