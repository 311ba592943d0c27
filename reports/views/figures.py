"""统计: every figure with its meaning, the charts, units by month, and the rows behind each number."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.figures import bodies as body_tables
from reports.figures import heat as heats
from reports.figures import listing, pictures, registry, table
from reports.figures import period as periods
from reports.figures.asked import GROUP, MONTHS, SECTOR, Asked
from reports.figures.counting import total
from reports.figures.question import QuestionForm, months_of
from reports.figures.sight import GROUPS, PROPOSALS, Reader, reader_of
from workflow.errors import NotAllowed, NotFound
from workflow.views import refusal_page

PER_PAGE = 50
ABOUT = "about"  # the kind of figures; `group` is the members' group
FIRST = ("period", "unit", "compare")
NOTHING_APPLIED = {"applied": [], "clear": "?", "kept": []}
CLOSED = NotAllowed("统计由提案委、政协机关、交办机构和领导查看，承办单位查看本单位的。", "如需了解，请联系提案委。")
BODIES_CLOSED = NotAllowed("各界别、各委员组的统计由提案委、政协机关和领导查看。", "您可以看的统计在“统计”页面。")


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All figures of one kind, each a link to the rows behind it."""
    reader = reader_of(request.user)
    if not reader.groups:
        return refusal_page(request, CLOSED)
    group = _group(request, reader)
    form, asked = _asked(request, reader)
    context = {**NOTHING_APPLIED, "form": form, "asked": asked, "reader": reader, "group": group, "first": FIRST, "kept": [(ABOUT, group)],
               "crumbs": crumbs(("统计", "")), "title": GROUPS[group]}  # fmt: skip
    if asked is None:
        return render(request, "reports/figures/overview.html", context, status=400)
    compared = periods.before(asked.period, form.sessions) if form.cleaned_data["compare"] else None
    figures = [figure for figure in registry.read_by(reader) if figure.group == group]
    rows = table.rows(asked, figures, asked.for_period(compared) if compared else None)
    context |= {
        "rows": rows, "compared": compared, "tabs": _tabs(reader, group, asked), "pages": _pages(reader, asked),
        "account": table.account({row.figure.key: row.value for row in rows}), "applied": form.applied(asked),
        "clear": f"?{ABOUT}={group}", "unknown": sum(not row.value.is_known for row in rows),
    }  # fmt: skip
    return render(request, "reports/figures/overview.html", context)


@require_safe
def rows(request: HttpRequest, key: str, place: str) -> HttpResponse:
    """What is behind one number, exactly as many rows."""
    try:
        figure, form, asked, found = population(request.user, request.GET, key, place)
    except NotAllowed as refused:
        return refusal_page(request, refused)
    except NotFound as refused:
        return refusal_page(request, refused, back_href=reverse("reports:figures"), back_label="返回统计")
    if asked is None:
        return render(request, "reports/figures/rows.html", {"form": form, "crumbs": crumbs(("明细", ""))}, status=400)
    one = figure.counted[table.PLACES[place]]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    back = f"{reverse('reports:figures')}?{asked.without(*MONTHS).query(**{ABOUT: figure.group})}"
    context = {
        "figure": figure, "asked": asked, "page": page, "heads": listing.heads_of(one), "noun": one.base.noun,
        "of_now": [head for head in listing.heads_of(one) if asked.as_of and head in listing.OF_NOW],
        "lines": [list(_cells(one, line)) for line in listing.lines(one, page.object_list, asked)],
        "title": table.title(figure, place), "where": [words for words, _href in form.applied(asked)], "back": back,
        "params": request.GET, "crumbs": crumbs(("统计", back), ("明细", "")), "sum": _sum(one, asked), "place": place,
    }  # fmt: skip
    return render(request, "reports/figures/rows.html", context)


def population(user, given, key: str, place: str):
    """The figure, the form, what it asks (None where it cannot be read) and the rows behind the number.

    The export of the list asks here too. Raises NotAllowed and NotFound.
    """
    reader = reader_of(user)
    if not reader.groups:
        raise CLOSED.with_traceback(None)
    figure = {one.key: one for one in registry.read_by(reader)}.get(key)
    form = QuestionForm(given, reader)
    asked = form.asked(months_of(given)) if form.is_valid() else None
    if asked is None:
        return figure, form, None, None
    is_one = figure is not None and place in table.PLACES and (place != table.WHOLE or figure.is_rate)
    if not is_one or not figure.fits(asked):
        raise NotFound
    return figure, form, asked, listing.ordered(figure.counted[table.PLACES[place]], asked)


def _cells(one, line):
    """(head, cell, address): the second cell leads to the case."""
    for place, (head, cell) in enumerate(zip(listing.heads_of(one), line.cells, strict=True)):
        yield {"head": head, "text": cell, "url": line.url if place == 1 else "", "is_title": place == 1}


def _sum(one, asked: Asked) -> int | None:
    """Of a figure that adds something up over its rows."""
    return total(asked, one) if one.weight is not None else None


@require_safe
def charts(request: HttpRequest) -> HttpResponse:
    """The year in pictures, and the way of the proposals by stage."""
    return _picture(request, "charts", "图表", _charts)


@require_safe
def heat(request: HttpRequest) -> HttpResponse:
    """Units by month: how much was handed to each when."""
    return _picture(request, "heat", "各月交办", _heat)


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """Sectors and member groups beside each other, for who reads figures of all members."""
    if not reader_of(request.user).everything:
        return refusal_page(request, BODIES_CLOSED, back_href=reverse("reports:figures"), back_label="打开统计")
    return _picture(request, "bodies", "各界别、各委员组", _bodies, leaves_out=(SECTOR, GROUP))


def _picture(request: HttpRequest, name: str, here: str, drawn, leaves_out: tuple = ()) -> HttpResponse:
    """A page of one period alone; `drawn(reader, form, asked)` gives what it shows. `leaves_out`: conditions that it does
    not take, so that it does not say that they narrow it."""
    reader = reader_of(request.user)
    if PROPOSALS not in reader.groups:
        return refusal_page(request, CLOSED)
    form, asked = _asked(request, reader)
    for field in ("compare", *leaves_out):
        form.fields.pop(field, None)
    asked = asked.without(*leaves_out) if asked else None
    context = {**NOTHING_APPLIED, "form": form, "asked": asked, "first": FIRST, "reader": reader}
    context["crumbs"] = crumbs(("统计", reverse("reports:figures")), (here, ""))
    template = f"reports/figures/{name}.html"
    if asked is None:
        return render(request, template, context, status=400)
    shown = drawn(reader, form, asked) | {"applied": form.applied(asked), "pages": _pages(reader, asked)}
    return render(request, template, context | shown)


def _charts(reader: Reader, form: QuestionForm, asked: Asked) -> dict:
    return {
        "month_title": "各月收到的提案" if reader.everything else "承办的提案按提交月份",
        "category_title": "立案提案按类别" if reader.everything else "承办的提案按类别",
        **pictures.of(asked, form.categories),
    }  # fmt: skip


def _heat(reader: Reader, form: QuestionForm, asked: Asked) -> dict:
    found = heats.heat(asked)
    heads = [_month(code) for code in found.months]
    lines, totals = pictures.heat_lines(found, asked), pictures.heat_totals(found, asked)
    return {"heat": found, "heads": heads, "lines": lines, "totals": totals}


def _bodies(reader: Reader, form: QuestionForm, asked: Asked) -> dict:
    return {"tables": body_tables.tables(asked), "heads": [head for head, _key, _place in body_tables.COLUMNS]}


def _month(code: str) -> str:
    year, month = code.split("-")
    return f"{year}年{int(month)}月"


def _asked(request: HttpRequest, reader: Reader) -> tuple[QuestionForm, Asked | None]:
    """The form, and what it asks; None where it cannot be read. What stands nowhere in the address is as usual."""
    form = QuestionForm(request.GET, reader)
    if not form.is_valid():
        return form, None
    return form, form.asked()


def _group(request: HttpRequest, reader: Reader) -> str:
    given = request.GET.get(ABOUT, "")
    return given if given in reader.groups else reader.groups[0]


def _tabs(reader: Reader, group: str, asked: Asked) -> list[dict]:
    return [
        {"label": GROUPS[one], "href": f"?{asked.query(**{ABOUT: one})}", "current": one == group}
        for one in reader.groups
    ]


def _pages(reader: Reader, asked: Asked) -> list[tuple[str, str]]:
    """(label, address) of the other pages of figures that this person may open, with the same question."""
    found = [("全部指标", f"{reverse('reports:figures')}?{asked.query()}")]
    if PROPOSALS in reader.groups:
        found += [
            (label, f"{reverse(f'reports:figure_{name}')}?{asked.query()}")
            for label, name in (("图表和环节", "charts"), ("各单位各月", "heat"))
        ]
        found.append(_assessment(asked.period))
    if reader.everything:
        found.append(("各界别各组", f"{reverse('reports:figure_bodies')}?{asked.query()}"))
        found.append(("年度定稿", reverse("reports:snapshots")))
    if reader.keeps:
        found += [("工作情况报告", reverse("reports:work")), ("每月统计邮件", reverse("reports:monthly"))]
    return found


def _assessment(period: periods.Period) -> tuple[str, str]:
    """A session is the same there; a year is that of handing out, which the link says; other days are not known."""
    year = "" if period.session else "（按交办日期）"
    query = f"?period={period.code}" if period.session or period.code.isdecimal() else ""
    return f"承办单位考核{year}", f"{reverse('reports:units')}{query}"


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [("首页", reverse("home")), *more]
