"""The whole name and contact of the citizen for whom somebody reports: for author and office, on demand, and noted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opinions.looking import look
from workflow.errors import NotFound, Refused
from workflow.views import refusal_page

from .crumbs import crumbs
from .writing import known, to_list


@require_POST
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    report = known(request.user, pk)
    if report is None:
        return refusal_page(request, NotFound(), **to_list())
    try:
        look(request.user, report)
    except Refused as refused:
        back = {"back_href": report.get_absolute_url(), "back_label": "返回这条社情民意"}
        return refusal_page(request, refused, **back)
    context = {"report": report, "crumbs": crumbs((report.shown_title, report.get_absolute_url()), "所代群众")}
    return render(request, "opinions/citizen.html", context)
