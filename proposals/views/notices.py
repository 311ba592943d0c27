"""督办通知书: issuing them for the ticked cases unit by unit, the list of those issued, taking one or many."""

from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from documents.kinds import KINDS
from members.periods import today
from proposals import paper_exports, urging
from proposals.forms.urging import IssueForm
from proposals.models import UrgeNotice
from proposals.papers import supervise
from workflow.batch import Result, chosen
from workflow.errors import NotAllowed, NotFound
from workflow.views import refusal_page

from .crumbs import crumbs_under
from .late import REPORT, duty_tabs, list_url, marks_of, report_of, selected
from .letters import as_file

DOCX = KINDS[".docx"].content_type
MOST_LETTERS = 100
PER_PAGE = 30


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """First the form with the units and their cases, then one letter for each unit."""
    issuers = urging.issuers_of(request.user)
    if not issuers.exists():
        return refusal_page(request, NotAllowed("督办通知书由提案委或交办机构出具。", "如需督办，请联系提案委。"))
    marks = marks_of(request)
    rows = list(selected(request.user, marks)) if marks else []
    if not rows:
        messages.warning(request, "还没有勾选要督办的件。请先勾选逾期的件，再点“出督办通知书”。")
        return redirect(list_url(request))
    units = [(unit, list(found)) for unit, found in groupby(rows, key=lambda row: row.unit)]
    form = IssueForm(request.POST if "confirmed" in request.POST else None, issuers=issuers)
    if not form.is_valid():
        return _form_page(request, form, units, marks)
    return _issue_all(request, form.cleaned_data, units)


def _form_page(request: HttpRequest, form: IssueForm, units, marks) -> HttpResponse:
    context = {
        "form": form, "units": units, "marks": marks, "back": request.POST.get("back", ""),
        "back_url": list_url(request), "crumbs": crumbs_under("出督办通知书"),
    }  # fmt: skip
    return render(request, "proposals/late/issue.html", context, status=400 if form.is_bound else 200)


def _issue_all(request: HttpRequest, data: dict, units) -> HttpResponse:
    notices, results = [], []
    for unit, rows in units:
        try:
            notice, told = urging.issue(request.user, data["issuer"], unit, rows, data["required_on"], data["text"])
        except urging.Nothing as refused:
            results += [Result(row.pk, row, str(refused)) for row in rows]
        else:
            notices.append(notice)
            results += told
    request.session[REPORT] = report_of("督办通知书", results)
    if not notices:
        return redirect(list_url(request))
    numbers = "、".join(notice.number for notice in notices)
    messages.success(request, f"已出具 {len(notices)} 份督办通知书：{numbers}。请在这里下载、用印。")
    query = "&".join(f"id={notice.pk}" for notice in notices)
    return redirect(f"{reverse('proposals:notices')}?{query}")


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """The letters that concern this user, the newest first; with `id` those just issued."""
    try:
        rows, ids = population(request.user, request.GET)
    except NotAllowed as refused:
        return refusal_page(request, refused)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "params": request.GET, "is_some": bool(ids), "report": request.session.pop(REPORT, None) if ids else None,
        "zip_query": "&".join(f"id={row.pk}" for row in page.object_list), "crumbs": crumbs_under("督办通知书"),
        "watches": urging.watches(request.user), "duty_tabs": duty_tabs("notices"),
    }  # fmt: skip
    return render(request, "proposals/late/notices.html", context)


def population(user, asked) -> tuple[QuerySet, list[int]]:
    """What the list shows, and the ids it was asked for; the export of the list asks here too. Raises NotAllowed."""
    if not _reads(user):
        raise NotAllowed("督办通知书供提案委、交办机构和收文单位查看。", "如有需要，请联系提案委。")
    rows = urging.readable_notices(user).order_by("-issued_at", "-pk")
    if ids := chosen(asked.getlist("id")):
        rows = rows.filter(pk__in=ids)
    return rows.select_related("issuer", "unit").prefetch_related("urges"), ids


def _reads(user) -> bool:
    return urging.watches(user) or urging.has_notices(user)


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    found = supervise.read(urging.readable_notices(request.user).filter(pk=pk))
    if not found:
        return refusal_page(request, NotFound(), back_href=reverse("home"), back_label="返回首页")
    paper_exports.note(request.user, f"督办通知书 {found[0].number}")
    return as_file(supervise.content(found[0]), supervise.file_name(found[0]), DOCX)


@require_safe
def notices_zip(request: HttpRequest) -> HttpResponse:
    ids = chosen(request.GET.getlist("id"))
    rows: list[UrgeNotice] = supervise.read(urging.readable_notices(request.user).filter(pk__in=ids)[:MOST_LETTERS])
    if not rows:
        return refusal_page(request, NotFound(), back_href=reverse("home"), back_label="返回首页")
    paper_exports.note(request.user, "批量督办通知书", count=len(rows))
    return FileResponse(
        supervise.bundle(rows), as_attachment=True, filename=f"督办通知书_{today():%Y%m%d}.zip",
        content_type="application/zip",
    )  # fmt: skip
