"""Matters like this one, for whoever works on it: the same may have been brought before, here or elsewhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from grassroots.compared import similar_to
from grassroots.models import Matter
from grassroots.roles import KEEPERS, Role
from grassroots.states import State
from workflow.errors import NotAllowed, NotFound
from workflow.querysets import read_case, roles_on
from workflow.views import refusal_page

from .crumbs import crumbs

COMPARING = {*KEEPERS, Role.FORMER, Role.SUPERIOR, Role.HOUSE}


@require_safe
def similar(request: HttpRequest, pk: int) -> HttpResponse:
    matter = read_case(Matter, pk, request.user, rows="for_list")
    if matter is None or matter.state == State.OFFLINE:
        return refusal_page(request, NotFound())
    if not roles_on(matter) & COMPARING:
        refused = NotAllowed("相近的议题由议事室和政协机关查找。", "您可以在这件议题的页面看办理情况。")
        return refusal_page(request, refused, back_href=matter.get_absolute_url(), back_label="返回这件议题")
    context = {
        "matter": matter, "title": str(matter), "found": similar_to(request.user, matter),
        "crumbs": crumbs((matter.receipt, matter.get_absolute_url()), "相近的议题"),
    }  # fmt: skip
    return render(request, "grassroots/similar.html", context)
