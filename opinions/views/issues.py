"""《社情民意》 by year: the list of issues, each issue as a .docx, and the proof while it is reviewed and signed."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from opinions.models import Issue, OpinionReport
from opinions.papers import issue as papers
from opinions.roles import INSIDE
from opinions.states import State
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.querysets import roles_on
from workflow.views import refusal_page

from .crumbs import crumbs
from .writing import known, to_list

PER_PAGE = 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WITH_TEXT = (State.REVIEWING, State.REVIEWED, State.SIGNED)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those issues whose report the reader sees; each with its main report and who is credited."""
    page = Paginator(population(request.user), PER_PAGE).get_page(request.GET.get("page"))
    with_main(page.object_list)
    context = {"page": page, "params": request.GET, "crumbs": crumbs("《社情民意》期刊")}
    return render(request, "opinions/issues.html", context)


def population(user) -> QuerySet:
    """What the list shows; the export of the list asks here too."""
    mine = OpinionReport.objects.visible_to(user).filter(state=State.ISSUED)
    shared = Prefetch("combined", OpinionReport.objects.select_related("author", "organization"), "followers")
    reports = mine.select_related("author", "organization").prefetch_related(shared, "co_authors").order_by("pk")
    rows = Issue.objects.filter(pk__in=mine.order_by().values("issue"))
    return rows.prefetch_related(Prefetch("reports", reports, "seen_reports"))


def with_main(rows) -> list[Issue]:
    """Each with its `main` report and the `names` of who is credited."""
    for row in rows:
        row.main = next((r for r in row.seen_reports if r.combined_into_id is None), row.seen_reports[0])
        row.names = "、".join(_names(row.main))
    return rows


def _names(main: OpinionReport) -> list[str]:
    """As credits.authors_of, of rows that were prefetched."""
    named = [main.reporter_name, *(person.name for person in main.co_authors.all())]
    named += [follower.reporter_name for follower in main.followers]
    return list(dict.fromkeys(named))


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    issue = Issue.objects.filter(pk=pk).first()
    seen = OpinionReport.objects.visible_to(request.user).filter(issue=issue, state=State.ISSUED) if issue else None
    if seen is None or not seen.exists():
        return refusal_page(request, NotFound(), **to_list())
    main = OpinionReport.objects.for_acting().filter(issue=issue, combined_into=None, state=State.ISSUED).first()
    if main is None:
        refused = Refused("这一期的稿件已转线下办理。", "请向政协办公室查询。", code="offline")
        return refusal_page(request, refused, **to_list())
    return _file(main, issue)


@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """送审稿: for those inside while it is reviewed and signed."""
    report = known(request.user, pk)
    if report is None:
        return refusal_page(request, NotFound(), **to_list())
    if not roles_on(report) & set(INSIDE):
        return refusal_page(request, NotAllowed("送审稿只供机关内部使用。", "编发以后您可以下载印发稿。"), **to_list())
    if report.state not in WITH_TEXT:
        refused = Refused("现在没有送审稿。", "编发以后请下载印发稿；还在编辑的请先送审核。", code="no_proof")
        return refusal_page(request, refused, back_href=report.get_absolute_url(), back_label="返回这条社情民意")
    return _file(report, None)


def _file(report: OpinionReport, issue: Issue | None) -> HttpResponse:
    answer = HttpResponse(papers.paper_of(report, issue), content_type=DOCX)
    answer["Content-Disposition"] = content_disposition_header(True, papers.name_of(report, issue))
    answer["Cache-Control"] = "private, no-store"
    return answer
