"""交办工作台: the rows of one page, the choices typed into them, and the press that hands the ticked ones out."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from members.models import Organization, System
from proposals import batch
from proposals.acts import ProposalAct
from proposals.assigning import choices
from proposals.assigning.units import suited
from proposals.assigning.waiting import NOBODY, figures, may_assign, of_system, waiting
from proposals.dispatching import may_dispatch
from proposals.kinds import Division
from workflow.batch import carry_out_each, chosen
from workflow.errors import NotAllowed
from workflow.views import refusal_page

KEPT = "assigning"
PAGE_SIZES = (20, 50, 100)
DIVISIONS = ((Division.SOLE, "独办"), (Division.LEAD, "主办＋会办"), (Division.SEPARATE, "分办"))


@require_http_methods(["GET", "HEAD", "POST"])
def assigning(request: HttpRequest) -> HttpResponse:
    if not may_assign(request.user):
        return refusal_page(request, NotAllowed("交办由提案委和交办机构办理。", "本单位的交办件请在“我的待办”里查看。"))
    if request.method != "POST":
        return _page(request, request.session.pop(KEPT, None) or {})
    given = {"typed": _typed(request), "marked": list(chosen(request.POST.getlist("rows")))}
    given["reason"] = _reason(request)
    if "take" in request.POST:
        return _page(request, _with_unit(given, request.POST["take"]))
    if "assign" in request.POST:
        return _carry_out(request, given)
    return _page(request, given)


def _typed(request: HttpRequest) -> dict:
    """Row → what was typed; the keys of the page's rows are those of its fields."""
    names = (name.removeprefix("division_") for name in request.POST if name.startswith("division_"))
    return choices.typed(request.POST, list(chosen(list(names))))


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\x00", "").strip()


def _with_unit(given: dict, asked: str) -> dict:
    """A proposed unit was pressed: put it into its row and tick the row."""
    row, _, unit = asked.partition("-")
    pk = next(iter(chosen([row])), 0)
    name = Organization.objects.units().filter(pk=next(iter(chosen([unit])), 0)).first()
    if pk in given["typed"] and name is not None:
        typed = given["typed"] | {pk: choices.taken(given["typed"][pk], str(name))}
        return given | {"typed": typed, "marked": [*given["marked"], pk], "at": pk}
    return given


def _carry_out(request: HttpRequest, given: dict) -> HttpResponse:
    """Every ticked row by itself; what was refused keeps its tick and its choices."""
    versions = chosen(request.POST.getlist("rows"))
    if not versions:
        messages.warning(request, "还没有勾选提案。请先勾选要交办的，再点“交办勾选的提案”。")
        return _page(request, given)
    units, typed = choices.Units(request.user), given["typed"]
    rows = waiting(request.user).for_acting().with_roles_of(request.user)
    results = carry_out_each(
        ProposalAct.ASSIGN, rows, versions, request.user,
        lambda row: choices.data_of(typed.get(row.pk), units, given["reason"]),
    )  # fmt: skip
    done = [result.pk for result in results if not result.why]
    request.session[KEPT] = {
        "report": batch.report("交办", results), "done": done, "reason": given["reason"],
        "marked": [result.pk for result in results if result.why],
        "typed": {pk: vars(choice) for pk, choice in typed.items() if pk not in done},
        "why": {result.pk: result.why for result in results if result.why},
    }  # fmt: skip
    return redirect(_here(request))


def _page(request: HttpRequest, kept: dict) -> HttpResponse:
    user, system = request.user, request.GET.get("system", "")
    total, systems = figures(user)
    size = next((n for n in PAGE_SIZES if request.GET.get("page_size") == str(n)), PAGE_SIZES[0])
    rows = of_system(waiting(user), system).for_acting().defer("situation", "search")
    page = _counted(rows, size, total, systems, system).get_page(request.GET.get("page"))
    units = choices.Units(user)
    context = {
        "page": page, "lines": _lines(request, page.object_list, units, kept), "total": total, "units": units.rows,
        "figures": _figures(total, systems, system), "divisions": DIVISIONS, "params": request.GET,
        "sizes": _sizes(request, page, size), "report": kept.get("report"), "reason": kept.get("reason", ""),
        "may_dispatch": may_dispatch(user), "papers": _papers(kept.get("done", ())), "mark_page": _href(request, mark="page"), "here": _here(request),
        "crumbs": [("首页", reverse("home")), ("提案", reverse("proposals:list")), ("交办工作台", "")],
    }  # fmt: skip
    return render(request, "proposals/assigning/page.html", context)


def _counted(rows, size: int, total: int, systems: list, system: str) -> Paginator:  # noqa: PLR0913
    """The figures have counted the rows already."""
    paginator = Paginator(rows, size)
    known = {key: count for key, _name, count in systems}
    paginator.count = total if system not in (*System.values, NOBODY) else known.get(system, 0)
    return paginator


def _lines(request: HttpRequest, rows, units: choices.Units, kept: dict) -> list[dict]:
    rows = list(rows)
    found = suited(request.user, rows, units.names, units.own)
    typed = {int(pk): choice for pk, choice in kept.get("typed", {}).items()}
    why = {int(pk): sentence for pk, sentence in kept.get("why", {}).items()}
    is_all = request.method != "POST" and not kept and request.GET.get("mark") == "page"
    marked = {row.pk for row in rows} if is_all else set(kept.get("marked", ()))
    return [
        {
            "row": row, "suited": found[row.pk], "why": why.get(row.pk, ""), "marked": row.pk in marked,
            "choice": _choice(typed.get(row.pk), found[row.pk]), "at": kept.get("at") == row.pk,
        }
        for row in rows
    ]  # fmt: skip


def _choice(typed, found) -> choices.Choice:
    """What was typed (a session keeps it as a dict), else what suits best."""
    if isinstance(typed, dict):
        return choices.Choice(**typed)
    return typed or choices.first(found.first_choice())


def _figures(total: int, systems: list, current: str) -> list[dict]:
    base = reverse("proposals:assigning")
    rest = [(key, name, count) for key, name, count in systems]
    return [
        {"value": count, "label": name, "href": f"{base}?system={key}" if key else base, "current": key == current}
        for key, name, count in [("", "待交办", total), *rest]
    ]


def _here(request: HttpRequest) -> str:
    """The address of this page without the ticking of all its rows, which happens once."""
    query = request.GET.copy()
    query.pop("mark", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _href(request: HttpRequest, **changes) -> str:
    query = {key: request.GET[key] for key in ("system", "page", "page_size") if request.GET.get(key)}
    return f"?{urlencode({**query, **changes})}"


def _sizes(request: HttpRequest, page, size: int) -> list[dict]:
    if page.paginator.count <= PAGE_SIZES[0]:
        return []
    return [{"label": n, "href": _href(request, page_size=n, page=1), "current": n == size} for n in PAGE_SIZES]


def _papers(done) -> str:
    """The address of the papers of what was just handed out."""
    return f"{reverse('proposals:assigned_papers')}?cases={'-'.join(map(str, done))}" if done else ""
