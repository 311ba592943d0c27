"""Taking letters: one from the case page, those of the ticked rows or of everything the filter finds as one .zip."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from deadlines import book as books
from documents.kinds import KINDS
from documents.names import clean_name
from members.periods import today
from proposals import paper_exports
from proposals.models import Proposal
from proposals.numbering import in_numbering_order
from proposals.papers import bundle, case_text, material, outcome, writing
from proposals.sections import letters as section
from proposals.sections.reader import Reader
from workflow.batch import chosen
from workflow.errors import NotAllowed, NotFound, Refused, TooLate
from workflow.views import refusal_page

from .listing import found

DOCX = KINDS[".docx"].content_type


@require_safe
def letter(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    try:
        if kind == section.ORIGINAL:
            return _original(request.user, pk)
        wanted = _letter(request.user, pk, kind)
    except Refused as refused:
        back = {} if isinstance(refused, NotFound) else {"back_href": reverse("proposals:detail", args=[pk])}
        return refusal_page(request, refused, **back)
    paper_exports.note(request.user, wanted.name, proposal=wanted.case.proposal)
    return as_file(writing.content(wanted), bundle.file_name(wanted), DOCX)


def _original(user, pk: int) -> HttpResponse:
    """提案原件. Raises Refused."""
    cases = material.read(Proposal.objects.visible_to(user).with_roles_of(user).filter(pk=pk))
    if not cases or not section.may_take_original(cases[0].proposal, Reader.of(user, cases[0].proposal)):
        raise NotFound
    proposal = cases[0].proposal
    paper_exports.note(user, "提案原件", proposal=proposal)
    stem = f"{proposal.short_number}号_提案原件_{proposal}".replace("/", "／").replace("\\", "＼")[:60]
    return as_file(case_text.original(cases[0]), f"{clean_name(stem)}.docx", DOCX)


def _letter(user, pk: int, kind: str) -> outcome.Letter:
    """Raises Refused."""
    cases = material.read(Proposal.objects.visible_to(user).with_roles_of(user).filter(pk=pk))
    if not cases or kind not in outcome.TITLES:
        raise NotFound
    proposal = cases[0].proposal
    if not section.may_take(Reader.of(user, proposal), kind):
        raise NotAllowed(f"{outcome.TITLES[kind]}只供提案人和提案委下载。", "如有需要，请联系提案委。")
    if kind not in outcome.kinds(proposal):
        raise TooLate(f"这件提案没有{outcome.TITLES[kind]}。", "请回到提案页面查看目前情况。")
    return next(one for one in outcome.letters(cases[0], books.load()) if one.kind == kind)


def as_file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """POST: of the ticked rows. GET: of all that the list's filter finds."""
    if not section.takes_many(request.user):
        return refusal_page(request, NotAllowed("批量下载通知书由提案委办理。", "您自己的通知书请在提案页面下载。"))
    marks = request.POST.getlist("rows")
    if request.method == "POST" and not marks:
        messages.warning(request, "还没有勾选提案。请先在列表中勾选，再点“下载勾选的通知书”。")
        return redirect(_list_url(request))
    rows, asked = (_ticked(request, marks), len(set(marks))) if marks else (found(request), 0)
    return _bundled(request, rows, asked)


def _ticked(request: HttpRequest, marks: list[str]):
    rows = Proposal.objects.visible_to(request.user).with_roles_of(request.user)
    return rows.filter(pk__in=chosen(marks))


def _bundled(request: HttpRequest, rows, asked: int) -> HttpResponse:
    count = rows.count()
    if count > bundle.MOST:
        messages.warning(
            request, f"这次有 {count} 件，一次最多 {bundle.MOST} 件。请按届次、状态或类别筛选后分几次下载。"
        )
        return redirect(_list_url(request))
    made = bundle.write(material.read(in_numbering_order(rows)), books.load(), gone=max(0, asked - count))
    if not made.written:
        made.file.close()
        messages.warning(request, "这些提案还没有审查结论，没有通知书可以下载。")
        return redirect(_list_url(request))
    paper_exports.note(request.user, "批量通知书", count=len(made.written))
    return FileResponse(
        made.file, as_attachment=True, filename=f"提案通知书_{today():%Y%m%d}.zip", content_type="application/zip"
    )


def _list_url(request: HttpRequest) -> str:
    query = request.POST.get("back", "") if request.method == "POST" else request.GET.urlencode()
    return f"{reverse('proposals:list')}?{query}"
