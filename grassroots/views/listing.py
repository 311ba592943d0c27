"""有事好商量 inside: the matters one sees, and the rooms."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from grassroots import rights
from grassroots.forms.filters import MatterFilter, VenueFilter, townships
from grassroots.models import Matter, Venue
from grassroots.querysets import MatterQuerySet, VenueQuerySet
from grassroots.states import TONES
from grassroots.todo import sign_of
from grassroots.venues import hosts_of, with_holders
from members.directory import applied
from members.posts import posts_of

from .crumbs import crumbs

PER_PAGE = 20


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    found, rows = population(request.user, request.GET)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    book = books.load()
    for row in with_holders(list(page.object_list)):
        row.tone, (row.colour, row.word) = TONES[row.state], sign_of(row, book)
    posts = posts_of(request.user)
    context = {
        "filter": found, "page": page, "params": request.GET, "applied": applied(found.form, request.GET),
        "may_bring": rights.may_bring(posts), "tabs": tabs(posts, "list"), "crumbs": crumbs()[:1] + [("有事好商量", "")],
    }  # fmt: skip
    return render(request, "grassroots/list.html", context)


def population(user, asked) -> tuple[MatterFilter, MatterQuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too."""
    rows = Matter.objects.visible_to(user)
    found = MatterFilter(asked, queryset=rows, townships=townships())
    return found, (found.qs if found.is_valid() else rows.none()).for_list().order_by("-pk")


def venues_found(asked) -> tuple[VenueFilter, VenueQuerySet]:
    rows = Venue.objects.open()
    found = VenueFilter(asked, queryset=rows)
    rows = found.qs if found.is_valid() else rows.none()
    return found, rows.for_list().order_by("township__order", "organization__order", "pk")


@require_safe
def venues(request: HttpRequest) -> HttpResponse:
    found, rows = venues_found(request.GET)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    hosts = hosts_of(page.object_list)
    for venue in page.object_list:
        venue.hosts = "、".join(hosts.get(venue.pk, ()))
    context = {
        "filter": found, "page": page, "params": request.GET, "applied": applied(found.form, request.GET),
        "tabs": tabs(posts_of(request.user), "venues"), "crumbs": crumbs("议事室"),
    }  # fmt: skip
    return render(request, "grassroots/venues.html", context)


def tabs(posts, here: str) -> list[dict]:
    """The pages beside each other, those that this person may open."""
    pages = {"list": ("议题", "grassroots:list"), "venues": ("议事室", "grassroots:venues")}
    if rights.may_see_figures(posts):
        pages["figures"] = ("统计", "grassroots:figures")
    return [{"label": label, "href": reverse(name), "current": key == here} for key, (label, name) in pages.items()]
