"""The yearly list by author, body, sector and kind, with the adoptions at each level; as a page and as .xlsx."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.sheets import writing
from exports import records
from members.periods import today
from members.posts import posts_of
from opinions import statistics
from opinions.rights import sees_figures, works_in_office
from opinions.states import State
from opinions.statistics import HEADS, LABELS, By, Line
from workflow.errors import NotAllowed
from workflow.views import refusal_page

from .crumbs import crumbs
from .writing import to_list

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    if not sees_figures(posts_of(request.user)):
        return refusal_page(request, _refused(), **to_list())
    year, by = _asked(request)
    found, here = statistics.of_year(year, by), reverse("opinions:year")
    opens = works_in_office(posts_of(request.user))
    context = {
        "found": found, "heads": HEADS, "years": statistics.years(),
        "tabs": [{"label": LABELS[one], "href": f"{here}?year={year}&by={one}", "current": one == by} for one in LABELS],
        "xlsx": f"{reverse('opinions:year_xlsx')}?year={year}&by={by}", "crumbs": crumbs("年度情况"),
        "rows": [shown(line, year, by, opens) for line in found.lines],
        "total": shown(found.total, year, "", opens),
    }  # fmt: skip
    return render(request, "opinions/year.html", context)


# How the list is asked for the rows of one line; lines of sectors and kinds have no list of their own.
BEHIND = {By.AUTHOR: "author", By.ORGANIZATION: "organization", "": ""}


def shown(line: Line, year: int, by: str, opens: bool) -> dict:
    """The line with each figure's label, value and, where there is one, the address of the rows behind it.

    `opens`: the reader sees every report; a leader, who does not, is led to the issued ones alone.
    """
    base = {"year": year, **({BEHIND[by]: line.key} if BEHIND.get(by) else {})}
    leads, issued = by in BEHIND, {"state": State.ISSUED.value}
    cells = zip(HEADS, line.cells(), line.filters(), strict=True)

    def behind(value: int, asked: dict) -> str:
        is_open = leads and value and (opens or asked == issued)
        return f"{reverse('opinions:list')}?{urlencode(base | asked)}" if is_open else ""

    return {"name": line.name, "cells": [(head, value, behind(value, asked)) for head, value, asked in cells]}


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    if not sees_figures(posts_of(request.user)):
        return refusal_page(request, _refused(), **to_list())
    year, by = _asked(request)
    found = statistics.of_year(year, by)
    title = f"{year} 年社情民意情况（{LABELS[by]}）"
    columns = (("名称", 30), *((head, 12) for head in HEADS))
    lines = [[line.name, *line.cells()] for line in [*found.lines, found.total]]
    records.keep_direct(request.user, title, len(lines))
    answer = HttpResponse(writing.listing("年度情况", title, columns, lines), content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"社情民意{year}年{LABELS[by]}.xlsx")
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(request: HttpRequest) -> tuple[int, By]:
    """What the address asks for; nonsense means this year by author."""
    year, by = request.GET.get("year", ""), request.GET.get("by", "")
    known = year.isascii() and year.isdecimal() and len(year) == 4 and 2000 <= int(year) <= 2100
    return int(year) if known else today().year, By(by) if by in {*By} else By.AUTHOR


def _refused() -> NotAllowed:
    return NotAllowed("年度情况由政协机关和主席、副主席查看。", "您本人反映的，请在社情民意列表里看。")
