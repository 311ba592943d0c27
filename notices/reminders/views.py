"""到期提醒预览: for those who keep the rules, and those who keep the system running."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deadlines import steps

from . import preview, sources
from .forms import StepFilter

PER_PAGE = 20


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    if not preview.may_look(request.user):
        raise PermissionDenied
    form = StepFilter(request.GET)
    chosen = form.cleaned_data["step"] if form.is_valid() else ""
    page = Paginator(preview.lines(chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": _rows(list(page.object_list)), "params": request.GET, "form": form, "days": preview.DAYS,
        "applied": [(steps.label(chosen), "?")] if chosen else [], "links": sources.sees_all(request.user),
    }  # fmt: skip
    return render(request, "notices/coming.html", context)


def _rows(lines) -> list[tuple]:
    """Each line with the names of its first recipients, and how many there are."""
    named = preview.names_of(pk for line in lines for pk in line.users[: preview.NAMED])
    return [(line, named(line.users[: preview.NAMED]), len(line.users)) for line in lines]
