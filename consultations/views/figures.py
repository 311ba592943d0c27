"""成果转化: the figures of a year, each with its formula and a way down to its rows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultations import statistics
from consultations.forms.filters import INSTRUCTED, MET, PUBLISHED
from consultations.states import TopicState
from members.periods import today
from workflow.errors import NotAllowed
from workflow.views import refusal_page

from .crumbs import crumbs, sees_figures, tabs
from .topics import to_list


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not sees_figures(user):
        refused = NotAllowed("成果转化情况由政协机关、县领导和交办机构查看。", "您参加的协商，请在议题页面看落实情况。")
        return refusal_page(request, refused, **to_list())
    years = statistics.years(user)
    year = _year(request, years)
    found = statistics.figures(user, year)
    context = {
        "figures": found, "year": year, "cards": cards(found), "by_unit": statistics.by_unit(user, year),
        "by_kind": statistics.by_kind(user, year), "tabs": tabs(user, "figures"), "crumbs": crumbs("成果转化"),
        "years": [{"label": f"{one}年", "href": f"?year={one}", "current": one == year} for one in years],
        "rows_url": reverse("consultations:items"),
    }  # fmt: skip
    return render(request, "consultations/figures.html", context)


def _year(request: HttpRequest, years: list[int]) -> int:
    """The asked one if there is something of it, else the newest with topics up to this year."""
    asked = request.GET.get("year", "")
    if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in years:
        return int(asked)
    return next((year for year in years if year <= today().year), today().year)


def cards(found: statistics.Figures) -> list[dict]:
    topics, items = (
        f"{reverse('consultations:topics')}?year={found.year}",
        f"{reverse('consultations:items')}?year={found.year}",
    )
    outcomes = f"{reverse('consultations:outcomes')}?year={found.year}"
    return [
        {"label": "协商议题", "value": found.topics["all"], "unit": "项", "href": f"{topics}&scope={PUBLISHED}"},
        {
            "label": "跟踪落实中",
            "value": found.topics["tracking"],
            "unit": "项",
            "href": f"{topics}&state={TopicState.TRACKING}&scope={PUBLISHED}",
        },
        {"label": "已协商", "value": found.topics["held"], "unit": "项", "href": f"{topics}&scope={MET}"},
        {
            "label": "已取消",
            "value": found.topics["cancelled"],
            "unit": "项",
            "href": f"{topics}&state={TopicState.CANCELLED}&scope={PUBLISHED}",
        },
        {"label": "报送成果", "value": found.outcomes, "unit": "份", "href": outcomes},
        {"label": "获批示的成果", "value": found.instructed, "unit": "份", "href": f"{outcomes}&show={INSTRUCTED}"},
        {"label": "提出建议", "value": found.items["all"], "unit": "条", "href": items},
        {"label": "采纳", "value": found.items["adopted"], "unit": "条", "href": f"{items}&answer=adopted"},
        {"label": "部分采纳", "value": found.items["partly"], "unit": "条", "href": f"{items}&answer=partly"},
        {"label": "未采纳", "value": found.items["declined"], "unit": "条", "href": f"{items}&answer=declined"},
        {"label": "待答复", "value": found.items["waiting"], "unit": "条", "href": f"{items}&state=waiting"},
        {"label": "已落实", "value": found.items["done"], "unit": "条", "href": f"{items}&show=done"},
    ]
