"""Beside the desk: the figures of the night, 立案 by recommendation, and the numbers in one act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from members.posts import posts_of
from proposals import wording
from proposals.acts import ProposalAct
from proposals.night import figures as night_figures
from proposals.night import numbering, queues
from workflow.errors import NotAllowed, Refused
from workflow.views import refusal_page

from .desk import desk_view


@require_safe
@desk_view
def figures(request: HttpRequest) -> HttpResponse:
    """The fragment that the desk asks for again every half minute; opened by itself a page."""
    desk = queues.desk(request.user, request.GET)
    found = night_figures.figures(request.user, desk.session, desk.groups)
    names = {key: name for key, (name, _rows) in queues.populations().items()}
    context = {
        "desk": desk, "heads": [names[key] for key in night_figures.SHOWN],
        "total": night_figures.cells(found.total, desk),
        "beside": [(names[key], found.total.counts[key], desk.link(queue=key, group=queues.ALL, category="")) for key in night_figures.BESIDE if found.total.counts[key]],
        "groups": [(line.name, night_figures.cells(line, desk)) for line in found.groups],
        "categories": [(line.name, night_figures.cells(line, desk)) for line in found.categories],
    }  # fmt: skip
    template = "_figures.html" if request.htmx else "figures.html"
    return render(request, f"proposals/review/{template}", context)


@require_safe
@desk_view
def file_all(request: HttpRequest) -> HttpResponse:
    """按初审建议立案: all whose every review recommends it, listed before the one press."""
    if not posts_of(request.user).in_proposal_committee("head"):
        refused = NotAllowed("审定由提案委负责人办理。", "请联系提案委主任或副主任。")
        return refusal_page(request, refused, back_href=reverse("proposals:review"), back_label="返回审查工作台")
    desk = queues.desk(request.user, request.GET)
    context = {
        "desk": desk, "rows": queues.to_file(desk), "query": desk.link().partition("?")[2],
        "consequence": wording.consequence("proposal", ProposalAct.FILE),
    }  # fmt: skip
    return render(request, "proposals/review/file_all.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def number(request: HttpRequest) -> HttpResponse:
    """The numbers as they would be given; buttons move a case within its category; one press gives them all."""
    if not posts_of(request.user).in_proposal_committee("head", "staff"):
        refused = NotAllowed("编号由提案委工作人员和负责人办理。", "请联系提案委。")
        return refusal_page(request, refused, back_href=reverse("proposals:review"), back_label="返回审查工作台")
    session = queues.desk(request.user, request.GET).session
    if request.method != "POST":
        return _preview(request, session, list(numbering.waiting(request.user, session)))
    seen = _seen(request.POST.getlist("rows"))
    for name, step in (("up", -1), ("down", 1)):
        if name in request.POST:
            rows = numbering.arranged(list(numbering.waiting(request.user, session)), seen)
            pk = next(iter(_seen([request.POST[name]])), 0)
            return _preview(request, session, numbering.moved(rows, pk, step), moved=pk)
    return _number_all(request, session, seen)


def _number_all(request: HttpRequest, session, seen: dict[int, int]) -> HttpResponse:
    try:
        if not seen:
            raise Refused("没有待编号的提案。", "立案后再来编号。", code="nothing")
        done = numbering.number_all(request.user, session, seen)
    except Refused as refused:
        rows = numbering.arranged(list(numbering.waiting(request.user, session)), seen)
        return _preview(request, session, rows, status=refused.status, refused=refused)
    first, last = done[0], done[-1]
    messages.success(
        request, f"已编号 {len(done)} 件：第 {first.serial:03d} 号至第 {last.serial:03d} 号，提案人已收到通知。"
    )
    return redirect(f"{reverse('proposals:numbering')}?session={session.pk}")


def _seen(marks: list[str]) -> dict[int, int]:
    """id → version, in the order of the page; nonsense is left out."""
    found = {}
    for mark in marks:
        pk, _, version = mark.partition("-")
        if all(part.isascii() and part.isdecimal() and len(part) < 10 for part in (pk, version)):
            found[int(pk)] = int(version)
    return found


def _preview(request: HttpRequest, session, rows: list, status: int = 200, **more) -> HttpResponse:
    first = numbering.next_free(session)
    lines = [
        {
            "row": row, "number": n, "first": at == 0 or rows[at - 1].business_category_id != row.business_category_id,
            "last": at + 1 == len(rows) or rows[at + 1].business_category_id != row.business_category_id,
        }
        for at, (n, row) in enumerate(enumerate(rows, start=first))
    ]  # fmt: skip
    context = {"session": session, "lines": lines, "first": first, "until": first + len(rows) - 1, **more}
    return render(request, "proposals/review/numbering.html", context, status=status)
