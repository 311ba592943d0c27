"""A citizen's whole name and number: for the people of the room, on demand, and noted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from grassroots.models import ContactView
from grassroots.roles import KEEPERS
from members.privacy import citizens
from workflow.errors import NotAllowed, Refused
from workflow.querysets import roles_on
from workflow.views import refusal_page

from .crumbs import crumbs
from .detail import found, not_found


@require_POST
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    matter = found(request.user, pk)
    if matter is None:
        return not_found(request)
    try:
        _check(request.user, matter)
        citizens.look(ContactView, request.user, matter=matter)
    except Refused as refused:
        return refusal_page(request, refused, back_href=matter.get_absolute_url(), back_label="返回这件议题")
    context = {"matter": matter, "crumbs": crumbs((matter.receipt, matter.get_absolute_url()), "联系方式")}
    return render(request, "grassroots/contact.html", context)


def _check(user, matter) -> None:
    """Raises Refused for whoever is not of the room, and when nothing was left."""
    if not roles_on(matter) & set(KEEPERS):
        raise NotAllowed("群众的联系方式只有这个议事室的召集人和联络员能看。", "需要联系的，请通过议事室。")
    if not (matter.contact_name or matter.contact_phone):
        raise Refused("提出人没有留联系方式，或者已经按规定删除。", "请通过查询页面等提出人来问。", code="no_contact")
