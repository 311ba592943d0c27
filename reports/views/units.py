"""承办单位考核: all units, one unit's year, and the rows behind each number."""

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.kinds import KINDS
from members.models import Organization
from members.models.organization import System
from members.periods import today
from members.posts import posts_of
from proposals import awards, paper_exports
from reports.assessment import figures, population, scoring, table
from reports.assessment import listing as behind
from reports.assessment.period import Period, choices
from reports.assessment.scoring import Line, Weights
from reports.assessment.sight import COMMITTEE, Sight, sight_of
from reports.papers import unit_list, unit_year
from workflow.errors import NotAllowed, NotFound
from workflow.views import refusal_page

PER_PAGE = 50
FIRST = (("名次", "rank"), ("承办单位", "name"), ("承办", "handled"))
ORDERS = ("rank", "name", "handled", "score", *(key for _head, keys in table.COLUMNS for key in keys))
CLOSED = NotAllowed("承办单位考核由提案委、交办机构和领导查看，承办单位查看本单位的。", "如需了解，请联系提案委。")


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All units this person may see, with the county's average."""
    sight = sight_of(request.user)
    if not sight.is_open:
        return refusal_page(request, CLOSED)
    asked = _Asked.of(request)
    found = figures.results(population.shares(asked.period, today(), not sight.reads_ratings))
    weights = scoring.weights_for(asked.period.year)
    everybody = scoring.lines(_units(found), found, weights)
    lines = [line for line in everybody if sight.covers(line.unit) and asked.system in ("", line.unit.system)]
    lines = _ordered(lines, asked.order)
    average = _average(found, sight, weights)
    if asked.file:
        paper_exports.note(request.user, f"承办单位考核情况（{asked.period.name}）", count=len(lines))
        return _file(
            unit_list.write(asked.file, asked.period, lines, average, weights),
            asked.file,
            f"{asked.period.name}承办单位考核情况",
        )
    return render(request, "reports/units.html", {
        "asked": asked, "sight": sight, "crumbs": _crumbs(("承办单位考核", "")),
        "judging": None if sight.is_blind else awards.waiting_sheet(request.user),
        "is_committee": posts_of(request.user).in_proposal_committee(*COMMITTEE),
        "keeps": posts_of(request.user).in_proposal_committee("head", "staff"),
        "lines": [_shown(line, asked.period) for line in lines], "ranked": sum(1 for line in everybody if line.rank),
        "average": average and {"result": average.result, "score": average.score, "cells": table.cells(average.result, asked.period, sight.everything)},
        "first": [_sort(asked, *one) for one in FIRST], "heads": [_sort(asked, f"{head}率", keys[0]) for head, keys in table.COLUMNS],
        "last": _sort(asked, "得分", "score"),
        "notes": table.notes(asked.period, weights), "definitions": table.definitions(weights),
        "systems": [] if sight.is_blind else System.choices, "docx": asked.address(file="docx"), "xlsx": asked.address(file="xlsx"),
    })  # fmt: skip


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit's year (or session): its figures, and every case with its dates."""
    sight = sight_of(request.user)
    if not sight.is_open:
        return refusal_page(request, CLOSED)
    asked = _Asked.of(request)
    shares = population.shares(asked.period, today(), not sight.reads_ratings)
    found = figures.results(shares)
    units = _units([*found, pk])
    unit = units.get(pk)
    if unit is None or not sight.covers(unit):
        return refusal_page(request, NotFound())
    weights = scoring.weights_for(asked.period.year)
    everybody = scoring.lines(units, found, weights)
    line = next((line for line in everybody if line.unit.pk == pk), None) or _without_cases(unit)
    cases = behind.rows_of(behind.with_dates(shares.filter(unit=unit), request.user))
    if asked.file:
        paper_exports.note(request.user, f"{unit}提案办理情况（{asked.period.name}）")
        content = unit_year.write(asked.file, asked.period, line, cases, weights)
        return _file(content, asked.file, f"{unit}{asked.period.name}提案办理情况")
    shown = table.shown(line.result, asked.period)
    return render(request, "reports/unit.html", {
        "asked": asked, "unit": unit, "line": line, "cases": cases,
        "rows": [{"shown": shown[one["measure"].key], **one} for one in table.definitions(weights)],
        "handled_url": table.rows_url(asked.period, pk, table.HANDLED, behind.ALL),
        "assisted_url": table.rows_url(asked.period, pk, table.ASSISTED, behind.ALL),
        "ranked": sum(1 for other in everybody if other.rank),
        "average": _average(found, sight, weights), "notes": table.notes(asked.period, weights),
        "crumbs": _crumbs(("承办单位考核", asked.address(reverse("reports:units"))), (str(unit), "")),
        "docx": asked.address(file="docx"), "xlsx": asked.address(file="xlsx"),
    })  # fmt: skip


@require_safe
def rows(request: HttpRequest, key: str, part: str) -> HttpResponse:
    """What is behind one number, exactly as many rows."""
    sight, asked = sight_of(request.user), _Asked.of(request)
    if not sight.is_open:
        return refusal_page(request, CLOSED)
    unit = _unit_asked(request, sight)
    out_of_reach = unit is None and (not sight.everything or "unit" in request.GET)
    if out_of_reach or not behind.exists(key, part):
        return refusal_page(request, NotFound())
    shares = population.shares(asked.period, today(), not sight.reads_ratings)
    shares = shares.filter(unit=unit) if unit else shares
    page, lines, noun = _page(request, shares, key, part)
    back = asked.address(reverse("reports:unit", args=[unit.pk]) if unit else reverse("reports:units"))
    up = [("承办单位考核", asked.address(reverse("reports:units"))), *([(str(unit), back)] if unit else [])]
    return render(request, "reports/unit_rows.html", {
        "asked": asked, "unit": unit, "page": page, "rows": lines, "title": behind.title(key, part), "noun": noun,
        "measure": behind.BY_KEY.get(key), "params": request.GET, "crumbs": _crumbs(*up, ("明细", "")), "back": back,
    })  # fmt: skip


def _page(request: HttpRequest, shares, key: str, part: str) -> tuple[Page, list[behind.Row], str]:
    found = behind.behind(shares, key, part)
    are_answers = found.model is not shares.model
    found = found if are_answers else behind.with_dates(found, request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    if are_answers:
        return page, behind.rows_of_answers(page.object_list, shares, request.user), "条"
    return page, behind.rows_of(page.object_list), "件"


class _Asked:
    """What the address asks for; what cannot be read is left at the usual."""

    def __init__(self, periods: dict[str, Period], given):
        self.periods = list(periods.values())
        self.period = periods.get(given.get("period", "")) or self.periods[0]
        self.system = given.get("system", "") if given.get("system", "") in System.values else ""
        order = given.get("order", "rank")
        self.order = order if order.removeprefix("-") in ORDERS else "rank"
        self.file = given.get("file", "") if given.get("file", "") in ("docx", "xlsx") else ""

    @classmethod
    def of(cls, request: HttpRequest) -> "_Asked":
        return cls(choices(), request.GET)

    def address(self, page: str = "", **changes) -> str:
        """The same question on that page, with changes; a file is asked for anew each time."""
        query = {"period": self.period.code, "system": self.system, "order": self.order} | changes
        return f"{page}?{urlencode({key: value for key, value in query.items() if value and (key, value) != ('order', 'rank')})}"


def _units(pks) -> dict[int, Organization]:
    return Organization.objects.units().in_bulk(list(pks))


def _without_cases(unit: Organization) -> Line:
    nothing = figures.total([])
    empty = figures.Result(unit.pk, 0, 0, nothing.figures)
    return Line(unit, empty, None, why_not="这段时间没有交给这个单位的提案")


def _average(found: dict, sight: Sight, weights: Weights) -> Line | None:
    """All units together. A unit gets it only where it cannot work out another's figures from it."""
    handling = [result for result in found.values() if result.handled]
    if sight.is_blind and len(handling) < scoring.FEWEST_FOR_AVERAGE:
        return None
    together = figures.total(found.values())
    return Line(Organization(name="全县平均"), together, scoring.score(together, weights))


def _shown(line: Line, period: Period) -> dict:
    return {
        "line": line, "cells": table.cells(line.result, period),
        "handled_url": table.rows_url(period, line.unit.pk, table.HANDLED, behind.ALL),
        "url": f"{reverse('reports:unit', args=[line.unit.pk])}?{urlencode({'period': period.code})}",
    }  # fmt: skip


def _ordered(lines: list[Line], order: str) -> list[Line]:
    """Sorted as asked; what has no value comes last either way."""
    key, down = order.removeprefix("-"), order.startswith("-")
    if key == "rank" and not down:
        return lines
    known = [line for line in lines if _value(line, key) is not None]
    others = [line for line in lines if _value(line, key) is None]
    return [*sorted(known, key=lambda line: _value(line, key), reverse=down), *others]


def _value(line: Line, key: str):
    if key in line.result.figures:
        return line.result.figures[key].exact
    return {"rank": line.rank, "name": line.unit.pinyin, "handled": line.result.handled, "score": line.score}[key]


def _sort(asked: "_Asked", label: str, key: str) -> dict:
    """A head of the list: its words, what a click on it asks for, and how the list stands by it now."""
    now = {key: "ascending", f"-{key}": "descending"}.get(asked.order, "")
    return {"label": label, "href": asked.address(order=_turned(asked.order, key)), "sorted": now}


def _turned(order: str, key: str) -> str:
    """What a click on this head asks for: the best first, then the other way round."""
    first = key if key in ("rank", "name") else f"-{key}"
    return {first: key if first.startswith("-") else f"-{key}"}.get(order, first)


def _unit_asked(request: HttpRequest, sight: Sight) -> Organization | None:
    given = request.GET.get("unit", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        return None
    unit = Organization.objects.units().filter(pk=int(given)).first()
    return unit if unit and sight.covers(unit) else None


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("首页", reverse("home")), ("提案", reverse("proposals:list")), *more]


def _file(content: bytes, kind: str, stem: str) -> HttpResponse:
    response = HttpResponse(content, content_type=KINDS[f".{kind}"].content_type)
    response["Content-Disposition"] = content_disposition_header(True, f"{stem}.{kind}")
    response["Cache-Control"] = "private, no-store"
    return response
