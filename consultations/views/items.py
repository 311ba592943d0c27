"""跟踪问效: the recommendations across years with where they stand, one of them with its record, the list as a sheet."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from consultations import dates
from consultations.forms.filters import LATE, LOOKS, OPEN, ItemFilter
from consultations.models import Recommendation, Topic, TopicKind
from consultations.querysets import ItemQuerySet
from consultations.sections import outcome as section
from consultations.states import ItemState, tone_of
from deadlines import book as books
from members.directory import applied
from members.models import Organization
from members.periods import today
from workflow.errors import NotFound
from workflow.querysets import read_case
from workflow.views import refusal_page

from .crumbs import buttons, crumbs, tabs

PER_PAGE = 50
ORDER = ("-topic__year", "topic__serial", "outcome", "position", "pk")


@require_safe
def item_list(request: HttpRequest) -> HttpResponse:
    """Of every year: what is still open of earlier ones stands among the others until it is done."""
    user, asked = request.user, request.GET.copy()
    found, rows = population(user, asked)
    page = Paginator(rows, PER_PAGE).get_page(asked.get("page"))
    context = {
        "filter": found, "page": page, "lines": lines(page.object_list, books.load()), "params": asked,
        "applied": applied(found.form, asked), "first": ("year", "unit", "show"), "looks": _looks(asked), "tabs": tabs(user, "items"),
        "crumbs": crumbs("跟踪问效"),
    }  # fmt: skip
    return render(request, "consultations/items.html", context)


def population(user, asked) -> tuple[ItemFilter, ItemQuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too."""
    seen = Recommendation.objects.visible_to(user).sent()
    found = ItemFilter(asked, queryset=seen, choices=choices(seen))
    return found, (found.qs if found.is_valid() else Recommendation.objects.none()).for_list().order_by(*ORDER)


def choices(seen) -> dict:
    """The units and kinds of what this user sees. Two queries."""
    units = Organization.objects.filter(pk__in=seen.order_by().values("unit")).order_by("pinyin", "pk")
    kinds = TopicKind.objects.filter(pk__in=seen.order_by().values("topic__kind"))
    return {name: [(str(row.pk), str(row)) for row in rows] for name, rows in (("unit", units), ("kind", kinds))}


def _looks(asked) -> list[dict]:
    now = asked.get("show", "")
    chosen = [("", "全部"), *(pair for pair in LOOKS if pair[0] in (OPEN, LATE))]
    year = f"&year={asked['year']}" if asked.get("year", "").isdigit() else ""
    return [{"label": label, "href": f"?show={key}{year}", "current": now == key} for key, label in chosen]


def lines(rows, book) -> list[dict]:
    return [{"row": row, "tone": tone_of(row.state), **due_of(row, book)} for row in rows]


def due_of(row: Recommendation, book) -> dict:
    """The date that is open now with its light; what is from an earlier year is said so."""
    waiting = row.state == ItemState.WAITING
    due_on = row.answer_due_on if waiting else row.due_on
    colour, word = "", ""
    if row.state in ItemState.URGED and due_on:
        colour, word = dates.sign(dates.ANSWER if waiting else dates.MEASURE, row.asked_at, due_on, book)
    carried = row.topic.year < today().year and row.state in ItemState.OPEN
    days = (due_on - today()).days if due_on else None
    return {"due_on": due_on, "colour": colour, "word": word, "days": days, "carried": carried}


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = request.user
    row = read_case(Recommendation, pk, user)
    if row is None:
        back = {"back_href": reverse("consultations:items"), "back_label": "返回跟踪问效"}
        return refusal_page(request, NotFound(), **back)
    context = {
        "row": row, "tone": tone_of(row.state), **due_of(row, books.load()), "buttons": buttons(row, user),
        "record": section.record(row), "files": section.item_files(row), "conversions": section.conversions(row, user),
        "topic_is_seen": Topic.objects.visible_to(user).filter(pk=row.topic_id).exists(),
        "crumbs": crumbs(("跟踪问效", reverse("consultations:items")), row.number),
    }  # fmt: skip
    return render(request, "consultations/item.html", context)
