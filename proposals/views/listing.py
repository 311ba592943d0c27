"""The one list of proposals, for every role."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from members.posts import posts_of
from proposals import batch, lists
from proposals.drafting import may_create
from proposals.forms.filters import DEFAULT_ORDER, ORDERS, SCOPES, ProposalFilter, default_scope
from proposals.models import Proposal

PER_PAGE = 20
# key of the order, label, narrow
COLUMNS = (
    ("number", "案号", True), ("", "案由", False), ("", "提案人", False), ("", "承办单位", False),
    ("", "状态", True), ("", "现在由谁办", False), ("due", "何时前", True),
)  # fmt: skip


@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    asked = _asked(request)
    chosen = ProposalFilter(asked, queryset=_rows(user), request=request, choices=lists.choices())
    rows = chosen.qs if chosen.is_valid() else Proposal.objects.none()
    page = Paginator(rows, PER_PAGE).get_page(asked.get("page"))
    found = lists.lines(page.object_list, books.load())
    report = request.session.pop(batch.REPORT, None)
    context = {
        "filter": chosen, "page": page, "lines": found, "params": asked,
        "applied": applied(chosen, asked), "clear": f"?{urlencode({'scope': asked.get('scope', 'all')})}",
        "tabs": tabs(user, asked), "may_create": may_create(user),
        "acts": batch.offered(page.object_list, user), "markable": batch.markable(page.object_list, user), "back": asked.urlencode(),
        "report": report, "marked": {one["pk"] for one in report["failed"]} if report else set(),
        "columns": columns(asked), "crumbs": [("首页", reverse("home")), ("提案", "")],
    }  # fmt: skip
    return render(request, "proposals/list.html", context)


def _rows(user):
    """Drafts and the newest submissions first, until the person asks for another order."""
    rows = Proposal.objects.visible_to(user).with_roles_of(user).order_by(*ORDERS[DEFAULT_ORDER])
    return rows.for_list().with_cosigner_count().defer("situation")


def _asked(request: HttpRequest):
    """The question of the address; without one, what this person means by “提案”."""
    asked = request.GET.copy()
    if "scope" not in asked:
        asked["scope"] = default_scope(request.user) if not asked else "all"
    return asked


def applied(chosen: ProposalFilter, asked) -> list[tuple[str, str]]:
    """The filters in use as removable chips: (words, address without it)."""
    found = []
    for bound in chosen.form.visible_fields():
        value = asked.get(bound.name, "")
        if not value or bound.errors or bound.name == "o":
            continue
        words = dict(getattr(bound.field, "choices", ())).get(value, value)
        rest = asked.copy()
        rest.pop(bound.name)
        rest.pop("page", None)
        found.append((f"{bound.label}：{words}", f"?{rest.urlencode()}"))
    return found


def columns(asked) -> list[dict]:
    """The heads of the table; a sortable one turns round what it sorts."""
    now = asked.get("o", "")
    heads = []
    for key, label, tight in COLUMNS:
        again = f"-{key}" if now == key and f"-{key}" in ORDERS else key
        query = asked.copy()
        query["o"] = again
        query.pop("page", None)
        sorted_by = {key: "ascending", f"-{key}": "descending"}.get(now, "") if key else ""
        heads.append(
            {"label": label, "tight": tight, "sorted": sorted_by, "href": f"?{query.urlencode()}" if key else ""}
        )
    return heads


def tabs(user, asked) -> list[dict]:
    """Staff get their queues by stage, the others whose proposals they look at."""
    posts = posts_of(user)
    stages = lists.stages_of(posts)
    if stages:
        state, late = asked.get("state", ""), asked.get("due", "") == "overdue"
        queues = [_tab(stage.label, {"state": stage.key}, state == stage.key) for stage in stages]
        overdue = _tab("逾期未办", {"due": "overdue"}, late and not state)
        return [_tab("全部", {"scope": "all"}, not state and not late), *queues, overdue]
    mine = posts.is_member or bool(posts.organizations("contact", "convener"))
    shown = {"all": True, "mine": mine, "unit": bool(posts.organizations("operator", "unit_leader"))}
    now = asked.get("scope", "all")
    named = [_tab(label, {"scope": value}, now == value) for value, label in reversed(SCOPES) if shown[value]]
    return named if len(named) > 1 else []


def _tab(label: str, query: dict, current: bool) -> dict:
    return {"label": label, "href": f"?{urlencode(query)}", "current": current}
