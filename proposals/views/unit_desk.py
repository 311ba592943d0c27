"""承办工作台: what a unit has to do, in five tabs."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from members.posts import posts_of
from proposals import unit_desk
from workflow.errors import NotAllowed
from workflow.views import refusal_page

PER_PAGE = 20


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    rows = unit_desk.of_units(request.user)
    if rows is None:
        refused = NotAllowed(
            "承办工作台只供承办单位的经办人和领导使用。", "如应由您办理，请联系系统管理员核对任职登记。"
        )
        return refusal_page(request, refused, back_href=reverse("home"), back_label="返回首页")
    found = unit_desk.counts(rows)
    posts = posts_of(request.user)
    only_signs = not posts.organizations("operator", kind="unit")
    tab = unit_desk.tab_of(request.GET.get("tab", ""), found, only_signs)
    page = Paginator(unit_desk.in_tab(rows, tab), PER_PAGE)
    page.count = found[tab]
    page = page.get_page(request.GET.get("page"))
    context = {
        "tab": tab, "label": unit_desk.LABELS[tab], "page": page, "params": request.GET,
        "tabs": [
            {"label": label, "href": f"?tab={key}", "count": found[key], "current": key == tab}
            for key, label in unit_desk.LABELS.items()
        ],
        "lines": unit_desk.lines(page.object_list, books.load()), "is_sent": tab == unit_desk.SENT,
        "several_units": len(set(posts.organizations("operator", "unit_leader", kind="unit"))) > 1,
        "crumbs": [("首页", reverse("home")), ("承办工作台", "")],
    }  # fmt: skip
    return render(request, "proposals/unit_desk.html", context)
