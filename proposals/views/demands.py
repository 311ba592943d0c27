"""督办要求: what units were asked to do, and what they reported; each reader's own."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deadlines import book as books
from members.periods import today
from proposals import key_lists

from .crumbs import crumbs_under

PER_PAGE = 20
SHOWN = {"open": "等待反馈", "late": "已经逾期", "answered": "已反馈"}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    rows, chosen = population(request.user, request.GET)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": key_lists.demand_lines(page.object_list, books.load()), "params": request.GET,
        "shown": chosen, "label": SHOWN[chosen], "crumbs": crumbs_under("督办要求"),
        "tabs": [{"label": name, "href": f"?show={key}", "current": key == chosen} for key, name in SHOWN.items()],
    }  # fmt: skip
    return render(request, "proposals/demands.html", context)


def population(user, asked):
    """The demands of the tab that is asked for, and which tab that is; the export of the list asks here too."""
    chosen = asked.get("show", "")
    chosen = chosen if chosen in SHOWN else "open"
    mine = key_lists.demands_of(user)
    rows = {"open": mine.open(), "late": mine.overdue(today()), "answered": mine.answered()}[chosen]
    order = ("-answered_at", "-pk") if chosen == "answered" else ("due_on", "pk")
    return rows.for_list().order_by(*order), chosen
