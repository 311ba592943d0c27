"""通讯录, and the button that shows a whole number."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from members import directory
from members.models import Person
from members.privacy import reveals
from workflow.errors import NotAllowed

from .access import agreed_first

PER_PAGE = 30
NOT_FOR_YOU = "通讯录供委员、政协机关工作人员和集体提案联系人使用。需要联系委员时，请通过政协办公室。"


def for_the_circle(request: HttpRequest) -> None:
    if not directory.may_use(request.user):
        raise PermissionDenied(NOT_FOR_YOU)


@require_safe
@never_cache
@agreed_first
def people(request: HttpRequest) -> HttpResponse:
    for_the_circle(request)
    found, rows = population(request.user, request.GET)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found, "page": page, "applied": directory.applied(found.form, request.GET),
        "rows": [{"person": one, "may_reveal": directory.may_reveal(request.user, one)} for one in page.object_list],
    }  # fmt: skip
    return render(request, "members/directory.html", context)


def population(user, asked) -> tuple[directory.DirectoryFilter, QuerySet]:
    """The filter and what it finds, as the page shows it; the export asks here too. Raises NotAllowed."""
    if not directory.may_use(user):
        raise NotAllowed(NOT_FOR_YOU, "如需导出名单，请联系政协办公室。")
    found = directory.DirectoryFilter(asked, queryset=directory.people(), choices=directory.bodies())
    return found, found.qs if found.is_valid() else Person.objects.none()


@require_POST
@never_cache
@agreed_first
def phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The number as a fragment in the row; without JavaScript as a small page."""
    for_the_circle(request)
    person = get_object_or_404(directory.people(), pk=pk)
    if not directory.may_reveal(request.user, person):
        raise PermissionDenied("这位同志没有公开手机号。需要联系时，请通过政协办公室。")
    template = "members/_phone.html" if request.htmx else "members/phone.html"
    try:
        number = reveals.reveal(request.user, person, reveals.DIRECTORY)
    except reveals.TooMany as limit:
        status = 200 if request.htmx else 429  # htmx draws nothing that is answered with an error
        return render(request, template, {"person": person, "refusal": str(limit)}, status=status)
    return render(request, template, {"person": person, "number": number})
