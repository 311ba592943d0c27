"""承办工作台: what a unit has to do, in five tabs."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from members.posts import posts_of
from proposals import unit_desk
from proposals.finding import find
from proposals.models import Proposal
from proposals.querysets import AssignmentQuerySet
from workflow.errors import NotAllowed
from workflow.views import refusal_page

PER_PAGE, WORDS_MAX = 20, 100


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    try:
        rows, tab, found = population(request.user, request.GET)
    except NotAllowed as refused:
        return refusal_page(request, refused, back_href=reverse("home"), back_label="返回首页")
    posts, words = posts_of(request.user), words_of(request.GET)
    page = Paginator(rows, PER_PAGE)
    page.count = found[tab]
    page = page.get_page(request.GET.get("page"))
    context = {
        "tab": tab, "q": words, "clear": f"?{_query(tab, '')}", "label": unit_desk.LABELS[tab], "page": page, "params": request.GET,
        "tabs": [
            {"label": label, "href": f"?{_query(key, words)}", "count": found[key], "current": key == tab}
            for key, label in unit_desk.LABELS.items()
        ],
        "lines": unit_desk.lines(page.object_list, books.load()), "is_sent": tab == unit_desk.SENT,
        "several_units": len(set(posts.organizations("operator", "unit_leader", kind="unit"))) > 1,
        "crumbs": [("首页", reverse("home")), ("承办工作台", "")],
    }  # fmt: skip
    return render(request, "proposals/unit_desk.html", context)


def words_of(asked) -> str:
    """What is looked for: a number, words of the title or text, or the name of who proposes."""
    return " ".join(asked.get("q", "").replace("\x00", "").split())[:WORDS_MAX]


def _query(tab: str, words: str) -> str:
    return urlencode({"tab": tab} | ({"q": words} if words else {}))


def population(user, asked) -> tuple[AssignmentQuerySet, str, dict[str, int]]:
    """The rows of the tab that is open, the tab, how many stand in each; the export asks here too. Raises NotAllowed.

    Words narrow all tabs, so that their counts say where the case stands that is looked for.
    """
    rows = unit_desk.of_units(user)
    if rows is None:
        raise NotAllowed("承办工作台只供承办单位的经办人和领导使用。", "如应由您办理，请联系系统管理员核对任职登记。")
    if words := words_of(asked):
        rows = rows.filter(proposal__in=find(Proposal.objects.order_by(), words).values("pk"))
    found = unit_desk.counts(rows)
    only_signs = not posts_of(user).organizations("operator", kind="unit")
    tab = unit_desk.tab_of(asked.get("tab", ""), found, only_signs)
    return unit_desk.in_tab(rows, tab), tab, found
