"""社情民意: what one reported, what one works on, what one's unit was handed; filters over all that one may see."""

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from exports.lists import asking
from members.directory import applied
from members.models import Organization, Person
from members.posts import posts_of
from opinions.forms.filters import ReportFilter
from opinions.kinds import URGENCY_TONES, Urgency
from opinions.models import OpinionReport
from opinions.querysets import ReportQuerySet
from opinions.rights import may_report, sees_figures, works_in_office
from opinions.standing import sign_of
from opinions.states import TONES, State
from workflow.batch import chosen

from .crumbs import crumbs

PER_PAGE = 20
HIDDEN = {"author": Person, "organization": Organization}
# The queues of the office, in the order of the procedure.
QUEUES = (
    State.SUBMITTED,
    State.EDITING,
    State.REVIEWING,
    State.REVIEWED,
    State.SIGNED,
    State.ISSUED,
    State.TRANSFERRED,
    State.KEPT,
)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    seen = OpinionReport.objects.visible_to(request.user)
    found, rows = population(request.user, request.GET)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    posts, book = posts_of(request.user), books.load()
    for row in page.object_list:
        row.tone, row.urgency_tone, row.light = TONES[row.state], URGENCY_TONES[row.urgency], sign_of(row, book)
    context = {
        "filter": found, "page": page, "params": request.GET,
        "applied": applied(found.form, request.GET) + _narrowed(found, request),
        "tabs": _queues(seen, request) if works_in_office(posts) else [], "may_report": may_report(posts),
        "sees_figures": sees_figures(posts), "crumbs": crumbs()[:1] + [("社情民意", "")], "normal": Urgency.NORMAL, "first": ("q", "state", "due"),
    }  # fmt: skip
    return render(request, "opinions/list.html", context)


def population(user, asked) -> tuple[ReportFilter, ReportQuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too."""
    seen = OpinionReport.objects.visible_to(user)
    if keys := chosen(asked.getlist("pk")):  # the rows that were ticked in the admin
        seen = seen.filter(pk__in=keys)
    found = ReportFilter(asked, queryset=seen, request=asking(user))
    return found, in_order((found.qs if found.is_valid() else seen.none()).for_list())


def _narrowed(found, request: HttpRequest) -> list[tuple[str, str]]:
    """The chip of a list that was opened from the yearly list, with the address without it."""
    rest, chips = request.GET.copy(), []
    for name, model in HIDDEN.items():
        key = found.form.cleaned_data.get(name) if found.is_valid() else None
        row = model.objects.filter(pk=key).first() if key else None
        if row is not None:
            rest.pop(name, None)
            chips.append((f"反映人：{row}", f"?{rest.urlencode()}"))
    return chips


def in_order(rows):
    """What is due first in front, then the newest."""
    return rows.order_by(F("target_at").asc(nulls_last=True), "-pk")


def _queues(seen, request: HttpRequest) -> list[dict]:
    """A tab for each queue with its count, in one query."""
    counts = seen.order_by().aggregate(
        **{state: Count("pk", filter=Q(state=state)) for state in QUEUES}, all=Count("pk")
    )
    base, here = reverse("opinions:list"), request.GET.get("state", "")
    tabs = [{"label": "全部", "href": base, "count": counts["all"], "current": not here}]
    return tabs + [
        {"label": state.label, "href": f"{base}?state={state}", "count": counts[state], "current": here == state}
        for state in QUEUES
    ]
