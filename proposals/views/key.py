"""重点提案 of a year: the list, and the summary paper of its supervision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from documents.kinds import KINDS
from members.periods import today
from members.posts import posts_of
from proposals import key_lists, paper_exports
from proposals.papers import key_summary
from workflow.errors import NotAllowed, TooLate
from workflow.views import refusal_page

from .crumbs import crumbs_under
from .letters import as_file

DOCX = KINDS[".docx"].content_type


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    year, years = year_of(request.GET), key_lists.years()
    try:
        found = population(request.user, year)
    except NotAllowed as refused:
        return refusal_page(request, refused, back_href=reverse("proposals:list"), back_label="返回提案列表")
    context = {
        "year": year, "decided": [one for one in found if one.entry.is_decided],
        "candidates": [one for one in found if not one.entry.is_decided], "counts": key_lists.counts(found),
        "tabs": [{"label": f"{y}年", "href": f"?year={y}", "current": y == year} for y in years],
        "may_summarise": _may_summarise(request.user), "works_here": key_lists.works_on_key(request.user),
        "crumbs": crumbs_under("重点提案"),
    }  # fmt: skip
    return render(request, "proposals/key.html", context)


def population(user, year: int) -> list[key_lists.KeyLine]:
    """What the list shows; the export of the list asks here too. Raises NotAllowed."""
    if not key_lists.may_read_key(user):
        raise NotAllowed("重点提案一览供提案委、交办机构和领导查看。", "您自己的提案是不是重点提案，请在提案页面查看。")
    return key_lists.entries_of_year(user, year, books.load())


@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    """重点提案督办情况 of the year as .docx."""
    back = {"back_href": reverse("proposals:key"), "back_label": "返回重点提案"}
    if not _may_summarise(request.user):
        return refusal_page(
            request, NotAllowed("重点提案督办情况由提案委出具。", "如需要这份材料，请联系提案委。"), **back
        )
    year = year_of(request.GET)
    cases = key_summary.read(request.user, year, books.load())
    if not cases:
        return refusal_page(
            request, TooLate(f"{year}年还没有确定重点提案。", "请先登记主席会议的决定，或另选年度。"), **back
        )
    paper_exports.note(request.user, f"{year}年重点提案督办情况", count=len(cases))
    return as_file(key_summary.write(year, cases), f"{year}年重点提案督办情况.docx", DOCX)


def _may_summarise(user) -> bool:
    return posts_of(user).in_proposal_committee("head", "staff")


def year_of(given) -> int:
    """The year asked for; without a sensible one, this year."""
    asked = given.get("year", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else today().year
