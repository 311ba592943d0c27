"""The one list of proposals, for every role."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from exports.lists import asking
from members.models import Session
from members.posts import posts_of
from proposals import batch, lists, proxies, urging
from proposals.assigning.waiting import may_assign
from proposals.drafting import may_create
from proposals.forms.filters import DEFAULT_ORDER, ORDERS, SCOPES, ProposalFilter, default_scope, states_for
from proposals.models import Proposal
from proposals.night import queues
from proposals.querysets import ProposalQuerySet
from proposals.sections import letters

PAGE_SIZES = (20, 50, 100)
SIZE, MARK = "page_size", "mark"
# What stays above the fold of the filter.
FIRST = ("q", "session", "category", "unit")
# key of the order, label, narrow
COLUMNS = (
    ("number", "案号", True), ("", "案由", False), ("", "提案人", False), ("", "承办单位", False),
    ("", "状态", True), ("", "现在由谁办", False), ("due", "办理期限", True),
)  # fmt: skip


@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    asked = _asked(request)
    chosen, rows = population(user, asked)
    page = Paginator(rows, asked.get(SIZE, PAGE_SIZES[0])).get_page(asked.get("page"))
    context = {
        "filter": chosen, "page": page, "lines": lists.lines(page.object_list, books.load()), "params": asked,
        "applied": applied(chosen, asked, queues_of(user)), "clear": f"?{urlencode(_kept(asked, scope=asked.get('scope', 'all')))}",
        "first": FIRST, "kept": _kept(asked).items(), "sizes": sizes(asked, page),
        "tabs": tabs(user, asked), "may_create": may_create(user), "may_enter": proxies.may_enter(user),
        "watches": urging.watches(user), "has_notices": urging.has_notices(user), "reviews_here": queues.may_review(posts_of(user)), "assigns_here": may_assign(user),
        "columns": columns(asked), "crumbs": [("首页", reverse("home")), ("提案", "")],
        **_batch(request, asked, page.object_list),
    }  # fmt: skip
    return render(request, "proposals/list.html", context)


def _batch(request: HttpRequest, asked, rows) -> dict:
    """What the list shows for doing one act with many rows: the acts, the boxes, and how the last batch went."""
    report, markable = request.session.pop(batch.REPORT, None), batch.markable(rows, request.user)
    takes_letters = letters.takes_many(request.user)
    markable |= letters.with_letters(rows) if takes_letters else set()
    failed = {one["pk"] for one in report["failed"]} if report else set()
    return {
        "acts": batch.offered(rows, request.user), "markable": markable, "back": asked.urlencode(),
        "report": report, "marked": markable if request.GET.get(MARK) == "page" else failed,
        "mark_page": _href(asked, page=asked.get("page", "1"), mark="page"),
        "takes_letters": takes_letters,
    }  # fmt: skip


def population(user, asked) -> tuple[ProposalFilter, ProposalQuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too."""
    choices = lists.choices() | {"state": states_for(user)}
    chosen = ProposalFilter(asked, queryset=_rows(user), request=asking(user), choices=choices)
    return chosen, chosen.qs if chosen.is_valid() else Proposal.objects.none()


def found(request: HttpRequest):
    """Everything the list's filter finds for this request, with the user's roles, in no order."""
    user, asked = request.user, _asked(request)
    choices = lists.choices() | {"state": states_for(user)}
    rows = Proposal.objects.visible_to(user).with_roles_of(user)
    chosen = ProposalFilter(asked, queryset=rows, request=request, choices=choices)
    return chosen.qs if chosen.is_valid() else Proposal.objects.none()


def _rows(user):
    """Drafts and the newest submissions first, until the person asks for another order."""
    rows = Proposal.objects.visible_to(user).with_roles_of(user).order_by(*ORDERS[DEFAULT_ORDER])
    return rows.for_list().with_cosigner_count().defer("situation")


def _asked(request: HttpRequest):
    return question(request.user, request.GET)


def question(user, given):
    """The question of the address; without one, what this person means by “提案”."""
    asked = given.copy()
    asked.pop(MARK, None)
    if asked.get(SIZE) not in map(str, PAGE_SIZES[1:]):
        asked.pop(SIZE, None)
    if "scope" not in asked:
        asked["scope"] = default_scope(user) if not asked else "all"
    return asked


def _kept(asked, **more) -> dict[str, str]:
    """What goes along when another question is asked: how many rows a page has."""
    return {**more, **({SIZE: asked[SIZE]} if SIZE in asked else {})}


def _href(asked, **changes) -> str:
    """The same question with some of it changed, from its first page on."""
    query = asked.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


def sizes(asked, page) -> list[dict]:
    """How many rows a page may have, where that makes a difference."""
    if page.paginator.count <= PAGE_SIZES[0]:
        return []
    return [
        {"label": n, "href": _href(asked, page_size=n), "current": n == page.paginator.per_page} for n in PAGE_SIZES
    ]


def applied(chosen: ProposalFilter, asked, said: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The filters in use as removable chips: (words, address without it); not those that a tab says already."""
    found = []
    for bound in chosen.form.visible_fields():
        value = asked.get(bound.name, "")
        if not value or bound.errors or bound.name == "o" or (bound.name, value) in said:
            continue
        words = dict(getattr(bound.field, "choices", ())).get(value, value)
        rest = asked.copy()
        rest.pop(bound.name)
        rest.pop("page", None)
        found.append((f"{bound.label}：{words}", f"?{rest.urlencode()}"))
    return found


def queues_of(user) -> set[tuple[str, str]]:
    """What the tabs of this person's queues ask for."""
    return {("state", stage.key) for stage in lists.stages_of(posts_of(user))}


def columns(asked) -> list[dict]:
    """The heads of the table; a sortable one turns round what it sorts."""
    now = asked.get("o", "")
    heads = []
    for key, label, tight in COLUMNS:
        again = f"-{key}" if now == key and f"-{key}" in ORDERS else key
        sorted_by = {key: "ascending", f"-{key}": "descending"}.get(now, "") if key else ""
        heads.append(
            {"label": label, "tight": tight, "sorted": sorted_by, "href": _href(asked, o=again) if key else ""}
        )
    return heads


def tabs(user, asked) -> list[dict]:
    """Staff get their queues by stage, the others whose proposals they look at."""
    posts = posts_of(user)
    stages = lists.stages_of(posts)
    if stages:
        state, late = asked.get("state", ""), asked.get("due", "") == "overdue"
        queues = [_tab(stage.label, _kept(asked, state=stage.key), state == stage.key) for stage in stages]
        overdue = _tab("逾期未答复", _kept(asked, due="overdue"), late and not state)
        return [_tab("全部", _kept(asked, scope="all"), not state and not late), *queues, overdue]
    mine = posts.is_member or bool(posts.organizations("contact", "convener"))
    shown = {
        "all": True, "mine": mine, "unit": bool(posts.organizations("operator", "unit_leader")),
        "support": posts.is_member and Session.objects.supported().exists(),
    }  # fmt: skip
    now = asked.get("scope", "all")
    named = [_tab(label, _kept(asked, scope=value), now == value) for value, label in reversed(SCOPES) if shown[value]]
    return named if len(named) > 1 else []


def _tab(label: str, query: dict, current: bool) -> dict:
    return {"label": label, "href": f"?{urlencode(query)}", "current": current}
