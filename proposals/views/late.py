"""督: the lists of what is late, urging one, some or all of it, the black list, the units' overview."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from members.models import Organization
from members.periods import today
from proposals import urging, wording
from proposals.acts import AssignmentAct
from proposals.forms.late import ALL_BLACK, GROUPS, LATE, PROMISES, LateFilter, group
from proposals.lateness import missed_by, sign_of, with_lateness
from proposals.models import Assignment
from proposals.querysets import AssignmentQuerySet
from workflow import batch
from workflow.batch import MOST, Result, chosen, form_for_many
from workflow.errors import NotAllowed
from workflow.transition import process_named
from workflow.views import refusal_page

from .choosing import part_of
from .crumbs import crumbs_under

PER_PAGE = 50
REPORT = "urge_report"
FIRST = ("unit", "step", "light", "days")
NOT_YOURS = NotAllowed("逾期情况由提案委和交办机构查看。", "本单位逾期的件，请看首页的待办。")


@require_safe
def late_list(request: HttpRequest) -> HttpResponse:
    if not urging.watches(request.user):
        return refusal_page(request, NOT_YOURS)
    asked = _asked(request.GET)
    if asked.get("step") == PROMISES:
        return redirect(_promises(asked))
    found, rows = population(request.user, asked)
    page = Paginator(rows, PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    report = request.session.pop(REPORT, None)
    context = {
        "filter": found, "page": page, "lines": [_line(row) for row in page.object_list], "params": asked,
        "first": FIRST, "applied": _applied(found, asked), "may_urge": urging.may_urge(request.user),
        "back": asked.urlencode(), "report": report, "count": page.paginator.count,
        "marked": {one["pk"] for one in report["failed"]} if report else set(),
        "is_all_marked": request.GET.get("mark") == "page", "most": MOST, "duty_tabs": duty_tabs("late"), "crumbs": crumbs_under("未按期"),
    }  # fmt: skip
    return render(request, "proposals/late/list.html", context)


def population(user, asked) -> tuple[LateFilter, AssignmentQuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too. Raises NotAllowed."""
    if not urging.watches(user):
        raise NOT_YOURS.with_traceback(None)
    found = _filter(user, asked)
    return found, _with_all(found.qs) if found.is_valid() else Assignment.objects.none()


def black_rows(user) -> AssignmentQuerySet:
    """超过六个月未答复, unit by unit. Raises NotAllowed."""
    if not urging.watches(user):
        raise NOT_YOURS.with_traceback(None)
    rows = with_lateness(urging.watched(user).filter(group(ALL_BLACK)), today())
    return _with_all(rows).order_by("unit__pinyin", "unit_id", "first_assigned_at", "pk")


def duty_tabs(here: str) -> list[dict]:
    """The pages of 督, beside each other."""
    named = [
        ("late", "未按期", ""), ("unit_overview", "各单位进度", ""), ("black_list", "超过六个月", ""),
        ("commitments", "承诺事项", "?due=overdue"), ("notices", "督办通知书", ""),
    ]  # fmt: skip
    return [
        {"label": label, "href": reverse(f"proposals:{name}") + query, "current": name == here}
        for name, label, query in named
    ]


def _asked(given) -> QueryDict:
    asked = given.copy()
    for name in ("page", "mark"):
        asked.pop(name, None)
    return asked


def _promises(asked) -> str:
    kept = {name: asked[name] for name in ("unit", "system") if asked.get(name)}
    return f"{reverse('proposals:commitments')}?{urlencode({'due': 'overdue', **kept})}"


def _filter(user, asked) -> LateFilter:
    units = Organization.objects.units().order_by("pinyin", "pk")
    rows = with_lateness(urging.watched(user), today())
    return LateFilter(asked, queryset=rows, choices={"unit": [(str(u.pk), str(u)) for u in units]})


def _with_all(rows):
    return urging.with_urges(
        rows.select_related("unit", "proposal__session__term", "proposal__first_proposer", "proposal__organization")
    )


def _line(row: Assignment) -> dict:
    day, missed = today(), missed_by(row)
    is_late = bool(row.late_since) or row.is_black
    return {
        "row": row, "missed": missed, "sign": sign_of(row, day) if is_late else None,
        "days": (day - row.late_since).days if row.late_since else 0, "urged": urging.urged_words(row),
    }  # fmt: skip


def _applied(found: LateFilter, asked) -> list[tuple[str, str]]:
    chips = []
    for bound in found.form.visible_fields():
        value = asked.get(bound.name, "")
        if value and not bound.errors:
            rest = asked.copy()
            rest.pop(bound.name)
            words = dict(bound.field.choices).get(value, value)
            chips.append((f"{bound.label}：{words}", f"?{rest.urlencode()}"))
    return chips


# --- urging many ---


@require_POST
def urge_many(request: HttpRequest) -> HttpResponse:
    """The ticked rows, or with `all` every row of the filter: first the form, then one result for each."""
    if not urging.may_urge(request.user):
        return refusal_page(request, NotAllowed("催办由提案委和交办机构办理。", "如需催办，请联系提案委。"))
    marks = marks_of(request)
    if not marks:
        messages.warning(request, "还没有勾选要催办的件。请先勾选，或点“催办筛选结果的全部”。")
        return _back(request)
    if "confirmed" not in request.POST:
        return _form_page(request, marks)
    rows = Assignment.objects.for_acting().visible_to(request.user).with_roles_of(request.user)
    rows = rows.order_by("unit_id", "due_on", "pk")
    results, invalid = batch.carry_out(AssignmentAct.URGE, rows, chosen(marks), request.user, request.POST)
    if invalid:
        return _form_page(request, marks, invalid.form)
    request.session[REPORT] = report_of("催办", results)
    return _back(request)


def marks_of(request: HttpRequest) -> list[str]:
    """What was ticked, or the first of all that the filter finds."""
    if "all" not in request.POST:
        return request.POST.getlist("rows")
    found = _filter(request.user, _asked(QueryDict(request.POST.get("back", ""))))
    return [str(pk) for pk in found.qs.values_list("pk", flat=True)[:MOST]] if found.is_valid() else []


def selected(user, marks):
    """The shares among the marks that are this user's business, with what they are late with."""
    rows = with_lateness(urging.watched(user).filter(pk__in=chosen(marks)), today())
    return _with_all(rows).order_by("unit__pinyin", "unit_id", "late_since", "pk")


def _form_page(request: HttpRequest, marks: list[str], form=None) -> HttpResponse:
    rows = list(selected(request.user, marks))
    if not rows:
        messages.warning(request, "勾选的件都找不到了，可能已经改交别的单位。")
        return _back(request)
    act = process_named("assignment").rows_of(AssignmentAct.URGE)[0]
    status = 400 if form is not None else 200
    form = form or form_for_many(act, rows[0], request.user)
    form.fields["kind"].initial = form.fields["kind"].choices[0][0]
    context = {
        "row": act, "lines": [_line(row) for row in rows], "parts": [part_of(bound) for bound in form],
        "form": form, "marks": marks, "back": request.POST.get("back", ""), "back_url": list_url(request),
        "consequence": wording.consequence("assignment", AssignmentAct.URGE), "crumbs": crumbs_under("催办"),
    }  # fmt: skip
    return render(request, "proposals/late/urge.html", context, status=status)


def report_of(label: str, results: list[Result]) -> dict:
    """The results as the session keeps them for the next page."""
    lines = [
        {
            "pk": one.pk, "why": one.why,
            "text": f"{one.case.proposal.short_number} {one.case.proposal}：{one.case.unit}" if one.case else f"编号 {one.pk}",
        }
        for one in results
    ]  # fmt: skip
    done, failed = [line for line in lines if not line["why"]], [line for line in lines if line["why"]]
    told = f"{label}：成功 {len(done)} 件" + (f"，没有办成 {len(failed)} 件" if failed else "")
    return {"title": told, "done": done, "failed": failed}


def list_url(request: HttpRequest) -> str:
    return f"{reverse('proposals:late')}?{request.POST.get('back', '')}"


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(list_url(request))


# --- 超过六个月未答复 ---


@require_safe
def black_list(request: HttpRequest) -> HttpResponse:
    """Per unit; the same rows on the page and on paper."""
    if not urging.watches(request.user):
        return refusal_page(request, NOT_YOURS)
    rows = list(black_rows(request.user))
    units: dict[int, dict] = {}
    for row in rows:
        units.setdefault(row.unit_id, {"unit": row.unit, "lines": []})["lines"].append(_line(row))
    context = {
        "duty_tabs": duty_tabs("black_list"),
        "units": list(units.values()),
        "count": len(rows),
        "day": today(),
        "crumbs": crumbs_under("超过六个月未答复"),
    }
    return render(request, "proposals/late/black.html", context)


# --- the units' overview ---


@require_safe
def unit_overview(request: HttpRequest) -> HttpResponse:
    """One row for each unit with open shares; each figure leads to its rows."""
    try:
        found, system, known = unit_rows(request.user, request.GET)
    except NotAllowed as refused:
        return refusal_page(request, refused)
    lines = [_unit_line(row) for row in found]
    totals = [sum(line["counts"][n][1] for line in lines) for n in range(len(GROUPS))]
    context = {
        "duty_tabs": duty_tabs("unit_overview"), "lines": lines, "labels": [label for _name, label in GROUPS], "system": system, "systems": known.items(),
        "totals": [(label, n, _figure_url("", name)) for (name, label), n in zip(GROUPS, totals, strict=True)],
        "crumbs": crumbs_under("各单位办理进度"), "params": request.GET,
    }  # fmt: skip
    return render(request, "proposals/late/units.html", context)


def unit_rows(user, asked):
    """The units with their counts, the system that is asked for, and those that may be; the export asks here too.

    Raises NotAllowed.
    """
    if not urging.watches(user):
        raise NOT_YOURS.with_traceback(None)
    counts = {name: Count("pk", filter=group(name)) for name, _label in GROUPS}
    system, rows = asked.get("system", ""), urging.watched(user).open()
    known = dict(LateFilter.base_filters["system"].extra["choices"])
    if system in known:
        rows = rows.filter(unit__system=system)
    found = rows.order_by().values("unit_id", "unit__name", "unit__short_name", "unit__pinyin").annotate(**counts)
    return found.order_by("-" + LATE, "unit__pinyin", "unit_id"), system, known


def name_of(row: dict) -> str:
    return row["unit__short_name"] or row["unit__name"]


def _unit_line(row: dict) -> dict:
    return {
        "unit": name_of(row),
        "counts": [(label, row[name], _figure_url(row["unit_id"], name)) for name, label in GROUPS],
    }


def _figure_url(unit, name: str) -> str:
    asked = {"unit": unit, "group": name} if unit else {"group": name}
    return f"{reverse('proposals:late')}?{urlencode(asked)}"
