"""The year's figures for leaders: few, large, for a phone; each opens what is behind it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.figures import period as periods
from reports.figures import registry, table
from reports.figures.asked import Asked
from reports.figures.sight import reader_of
from workflow.errors import NotAllowed
from workflow.views import refusal_page

from .figures import crumbs

SHOWN = (
    "received", "filed", "replied", "reply_rate", "resolved_rate", "result_rate", "return_rate", "participation_rate",
    "opinions_issued", "opinions_instructed", "conversion_rate",
)  # fmt: skip
COMPARED = frozenset(("received", "filed", "replied", "reply_rate", "resolved_rate", "result_rate", "return_rate"))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request.user)
    if not reader.everything:
        refused = NotAllowed("这一页供县级领导、政协领导和提案委使用。", "您可以看的统计在“统计”页面。")
        return refusal_page(request, refused, back_href=reverse("reports:figures"), back_label="打开统计")
    sessions = periods.known_sessions()
    when = periods.read(request.GET.get("period", ""), sessions) or _usual(sessions)
    asked, known = Asked(when, reader), registry.by_key()
    figures = [known[key] for key in SHOWN if known[key].group in reader.groups]
    before = periods.before(when, sessions)
    rows = table.rows(
        asked, [one for one in figures if one.key in COMPARED], asked.for_period(before) if before else None
    )
    rows += table.rows(asked, [one for one in figures if one.key not in COMPARED])
    context = {
        "period": when, "before": before, "tiles": [_tile(row) for row in rows], "reader": reader,
        "sessions": [{"label": str(one), "href": f"?period={one.code}", "current": one.code == when.code} for one in sessions[:4]],
        "crumbs": crumbs(("统计", reverse("reports:figures")), ("本届主要指标", "")), "all": f"{reverse('reports:figures')}?{asked.query()}",
    }  # fmt: skip
    return render(request, "reports/figures/leaders.html", context)


def _usual(sessions):
    from members.periods import today

    opened = [one for one in sessions if one.opens <= today()] or sessions
    return periods.of_session(opened[0], sessions) if opened else periods.of_year(today().year)


def _tile(row: table.Row) -> dict:
    """Value and unit apart, as the component shows them; of a rate of nothing a dash."""
    figure, value = row.figure, row.value
    shown = value.shown.removesuffix("%")
    unit = figure.unit if value.exact is not None else ""
    about = f"{value.part} ÷ {value.whole}" if figure.is_rate else ""
    return {
        "value": shown,
        "unit": unit,
        "label": figure.name,
        "href": row.part_url,
        "about": about,
        "change": row.change,
    }
