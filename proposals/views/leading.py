"""The leaders' page, for a phone first: the cases they lead, what is late, the year's figures, and writing a 批示."""

from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from members.periods import today
from members.posts import posts_of
from proposals import blind, key_lists, statistics
from proposals.kinds import Satisfaction
from proposals.windows import known_session
from workflow.errors import NotAllowed
from workflow.views import refusal_page

from .crumbs import crumbs_under

UNITS_SHOWN = 8


@require_safe
def leading(request: HttpRequest) -> HttpResponse:
    if not posts_of(request.user).is_leader:
        refused = NotAllowed("这一页供县级领导和政协领导使用。", "您可以在提案列表里查看与您有关的提案。")
        return refusal_page(request, refused, back_href=reverse("proposals:list"), back_label="返回提案列表")
    cases = key_lists.led_by(request.user, books.load())
    session, behind = known_session(), key_lists.behind_by_unit()
    person = posts_of(request.user).person_id
    context = {
        "cases": cases, "person": person, "commitments": key_lists.overdue_commitments_of(cases),
        "overdue_commitments": sum(unit.promises for unit in behind), "late_count": sum(unit.late for unit in behind),
        "units": behind[:UNITS_SHOWN], "more_units": max(0, len(behind) - UNITS_SHOWN), "session": session,
        "figures": figures(statistics.headline(session, _known(request.user))) if session else [], "crumbs": crumbs_under("领办督办"),
    }  # fmt: skip
    return render(request, "proposals/leading.html", context)


def _known(user):
    """A leader waits for ratings like a unit: a total of one case would tell what the blind rule withholds."""
    return None if blind.sees_all(posts_of(user)) else statistics.may_be_known(today())


def figures(found: dict) -> list[dict]:
    """The year's key figures: value, unit and label."""
    grades = found["rating"]["result"]
    graded = sum(grades.values())
    return [
        {"value": found["received"], "unit": "件", "label": "收到"},
        {"value": found["filed"], "unit": "件", "label": "立案"},
        {"value": found["handled"], "unit": "件", "label": "已交办"},
        {"value": found["replied"], "unit": "件", "label": "已答复"},
        {**percent(found["replied"], found["handled"]), "label": "办复率"},
        {**percent(found["on_time"], found["dated"]), "label": "按期答复率"},
        {
            **percent(graded - grades[Satisfaction.DISSATISFIED], graded),
            "label": f"结果满意率（{graded} 件已评，评价期限过后计入）",
        },
    ]


def percent(part: int, whole: int) -> dict:
    """One decimal; a dash where there is nothing to divide by."""
    if not whole:
        return {"value": "—", "unit": ""}
    return {"value": str(statistics.tenth(Fraction(part * 100, whole))), "unit": "%"}
