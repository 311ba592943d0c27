"""统计: by township and by month; every number leads to the rows that were counted."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.sheets import writing
from exports import records
from grassroots import figures, rights
from grassroots.figures import BY_KEY, FIGURES, Asked
from grassroots.forms.filters import townships
from grassroots.models import Matter
from grassroots.rows import COLUMNS, in_words, lines_of
from members.periods import today
from members.posts import posts_of
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.views import refusal_page

from .crumbs import crumbs
from .listing import tabs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PER_PAGE = 50


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    if not rights.may_see_figures(posts_of(request.user)):
        return refusal_page(request, _not_yours())
    towns = townships()
    asked = asked_of(request.GET, towns)
    tables = _tables(request.user, asked, towns)
    context = {
        "tables": tables, "figures": FIGURES, "asked": asked, "years": _years(), "townships": towns,
        "query": urlencode(_params(asked)), "tabs": tabs(posts_of(request.user), "figures"), "crumbs": crumbs("统计"),
    }  # fmt: skip
    return render(request, "grassroots/figures.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Both tables as a workbook."""
    if not rights.may_see_figures(posts_of(request.user)):
        return refusal_page(request, _not_yours())
    towns = townships()
    asked = asked_of(request.GET, towns)
    parts = [
        (table["sheet"], [table["head"], *(figure.label for figure in table["figures"]), "满意率（含基本满意）"],
         [[row["label"], *(cell["value"] for cell in row["cells"]), row["share"]] for row in table["rows"]])
        for table in _tables(request.user, asked, towns)
    ]  # fmt: skip
    records.keep_direct(request.user, "基层协商统计", sum(len(rows) for _name, _head, rows in parts))
    return _sheet(writing.tables(parts), "基层协商统计")


@require_safe
def rows(request: HttpRequest, key: str) -> HttpResponse:
    try:
        figure, asked, where, found = population(request.user, request.GET, key)
    except Refused as refused:
        return refusal_page(request, refused, back_href=reverse("grassroots:figures"), back_label="返回统计")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    query = urlencode(_params(asked))
    context = {
        "figure": figure, "page": page, "params": request.GET, "columns": COLUMNS[figure.base], "query": query,
        "lines": _pairs(figure, page.object_list, request.user), "where": where,
        "total": figures.total(figure, figures.scope_of(request.user), asked),
        "crumbs": crumbs(("统计", f"{reverse('grassroots:figures')}?{query}"), figure.label),
    }  # fmt: skip
    return render(request, "grassroots/rows.html", context)


def _pairs(figure, rows, user) -> list[dict]:
    """The lines, each cell with the name of its column."""
    lines = lines_of(figure.base, rows, user)
    return [
        line
        | {"pairs": [(name, in_words(cell)) for name, cell in zip(COLUMNS[figure.base], line["cells"], strict=True)]}
        for line in lines
    ]


def _not_yours() -> NotAllowed:
    return NotAllowed("统计由政协机关、议事室和领导查看。", "需要数据的，请联系政协办公室。")


def population(user, given, key: str):
    """The figure, what is asked for, the same in words, the rows. Raises NotAllowed, or NotFound for an unknown figure."""
    if not rights.may_see_figures(posts_of(user)):
        raise _not_yours()
    figure = BY_KEY.get(key)
    if figure is None:
        raise NotFound
    towns = townships()
    asked = asked_of(given, towns)
    found = figures.population(figure, figures.scope_of(user), asked).order_by("pk")
    return figure, asked, _where(asked, towns), found


def asked_of(given, towns: list) -> Asked:
    """What is no year, month or township counts as not asked for; without a year it is this one."""
    year = _number(given.get("year"), 2000, 2100)
    month, town = _number(given.get("month"), 1, 12), given.get("township", "")
    known = {key for key, _name in towns}
    if "year" not in given:
        year = today().year
    return Asked(year, month, town if town in known else "")


def _number(text: str | None, least: int, most: int) -> int:
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 and least <= int(text) <= most else 0


def _params(asked: Asked) -> dict:
    return {"year": asked.year or "all", **({"month": asked.month} if asked.month else {}),
            **({"township": asked.township} if asked.township else {})}  # fmt: skip


def _years() -> list[int]:
    first = Matter.objects.order_by("received_at").values_list("received_at__year", flat=True).first()
    return list(range(today().year, (first or today().year) - 1, -1))


def _where(asked: Asked, towns: list) -> str:
    names = dict(towns)
    parts = [names.get(asked.township, "全部乡镇（街道）"), f"{asked.year}年" if asked.year else "全部年度"]
    return "，".join([*parts, f"{asked.month}月"] if asked.month else parts)


def _tables(user, asked: Asked, towns: list) -> list[dict]:
    scope = figures.scope_of(user)
    counted = figures.tables(scope, asked)
    places, months = counted.places, counted.months
    dated = [figure for figure in FIGURES if figure.base != "rooms"]
    named = [(key, label) for key, label in towns if (int(key) if key.isdigit() else None) in places]
    return [
        {
            "sheet": "按乡镇", "head": "乡镇（街道）", "figures": FIGURES,
            "rows": _rows(named, lambda key: places[int(key) if key.isdigit() else None], FIGURES, asked, "township"),
        },
        {
            "sheet": "按月", "head": "月份", "figures": dated,
            "rows": _rows([(n, f"{n}月") for n in sorted(months)], lambda n: months[n], dated, asked, "month"),
        },
    ]  # fmt: skip


def _rows(named: list, numbers_of, shown: list, asked: Asked, group: str) -> list[dict]:
    lines = [_line(label, numbers_of(key), shown, _params(asked) | {group: key}) for key, label in named]
    if len(lines) > 1:
        total = {figure.key: sum(numbers_of(key).get(figure.key, 0) for key, _label in named) for figure in shown}
        lines.append(_line("合计", total, shown, _params(asked)))
    return lines


def _line(label: str, numbers: dict, shown: list, params: dict) -> dict:
    query = urlencode(params)
    cells = [
        {"value": numbers.get(figure.key, 0), "label": figure.label, "href": f"{reverse('grassroots:rows', args=[figure.key])}?{query}"}
        for figure in shown
    ]  # fmt: skip
    return {"label": label, "cells": cells, "share": figures.share(numbers)}


def _sheet(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx")
    answer["Cache-Control"] = "private, no-store"
    return answer
