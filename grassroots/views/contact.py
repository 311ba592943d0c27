"""A citizen's whole name and number: for the people of the room, on demand, and noted."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from grassroots.models import ContactView
from grassroots.roles import KEEPERS
from workflow.door import current_door
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
    except Refused as refused:
        return refusal_page(request, refused, back_href=matter.get_absolute_url(), back_label="返回这件议题")
    door = current_door()
    ContactView.objects.create(matter=matter, user=request.user, at=timezone.now(), door=door.name, ip=door.ip)
    context = {"matter": matter, "crumbs": crumbs((matter.receipt, matter.get_absolute_url()), "联系方式")}
    return render(request, "grassroots/contact.html", context)


def _check(user, matter) -> None:
    """Raises Refused for whoever is not of the room, when nothing was left, or after too many looks in an hour."""
    if not roles_on(matter) & set(KEEPERS):
        raise NotAllowed("群众的联系方式只有这个议事室的召集人和联络员能看。", "需要联系的，请通过议事室。")
    if not (matter.contact_name or matter.contact_phone):
        raise Refused("提出人没有留联系方式，或者已经按规定删除。", "请通过查询页面等提出人来问。", code="no_contact")
    lately = ContactView.objects.filter(user=user, at__gt=timezone.now() - timedelta(hours=1))
    if lately.count() >= settings.REVEALS_PER_HOUR:
        raise Refused("一小时内查看的次数太多。", "请稍后再看。", code="too_many")
