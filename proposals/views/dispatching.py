"""交办机构工作台: decisions and checks that wait, and the units' late and nearly late shares."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from proposals import dispatching
from proposals.assigning.waiting import may_assign
from proposals.dispatching import SHOWN, Desk
from workflow.batch import chosen
from workflow.errors import NotAllowed
from workflow.views import refusal_page

PAGE = 50


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    try:
        whole, shown, unit, light, late = population(request.user, request.GET)
    except NotAllowed as refused:
        return refusal_page(request, refused)
    asked = {key: request.GET[key] for key in ("unit", "light") if request.GET.get(key)}
    context = {
        "parts": _parts(shown), "page": Paginator(late, PAGE).get_page(request.GET.get("page")), "params": request.GET,
        "lights": _lights(shown, asked, light), "units": whole.units(), "unit": unit, "light": light or "",
        "figures": _figures(shown, asked), "may_assign": may_assign(request.user),
        "crumbs": [("首页", reverse("home")), ("提案", reverse("proposals:list")), ("交办机构工作台", "")],
    }  # fmt: skip
    return render(request, "proposals/dispatching.html", context)


def population(user, asked):
    """The whole desk, the unit's part of it that is shown, the unit, the light, and what is late or nearly so.

    The export of the list asks here too. Raises NotAllowed.
    """
    if not dispatching.may_dispatch(user):
        raise NotAllowed("这里由交办机构和提案委负责人使用。", "您要办的事请在“我的待办”里查看。")
    whole = dispatching.desk(user)
    unit = next(iter(chosen([asked.get("unit", "")])), None)
    shown = whole.of_unit(unit) if unit else whole
    light = next((one for one in SHOWN if one == asked.get("light")), None)
    return whole, shown, unit, light, [line for line in shown.late if light is None or line.sign.colour == light]


def _parts(shown: Desk) -> list[dict]:
    """What has to be decided, each under its heading."""
    return [
        {"key": "returns", "title": "退办申请", "lines": shown.returns, "none": "没有要决定的退办申请。"},
        {"key": "extensions", "title": "延期申请", "lines": shown.extensions, "none": "没有要决定的延期申请。"},
        {"key": "checks", "title": "待复核的答复", "lines": shown.checks, "none": "没有要复核的答复。"},
    ]


def _lights(shown: Desk, asked: dict, current) -> list[dict]:
    base = {key: value for key, value in asked.items() if key != "light"}
    tabs = [{"label": "全部", "href": f"?{urlencode(base)}#late", "current": current is None, "count": len(shown.late)}]
    return tabs + [
        {
            "label": f"{one.label}（{one.colour}灯）", "href": f"?{urlencode({**base, 'light': one.value})}#late",
            "current": one == current, "count": shown.count(one),
        }
        for one in SHOWN
    ]  # fmt: skip


def _figures(shown: Desk, asked: dict) -> list[dict]:
    red = urlencode({**asked, "light": SHOWN[0].value})
    return [
        *({"value": len(part["lines"]), "label": part["title"], "href": f"#{part['key']}"} for part in _parts(shown)),
        {"value": shown.count(SHOWN[0]), "label": "逾期", "href": f"?{red}#late", "tone": "danger"},
    ]
