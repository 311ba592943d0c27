"""What anybody may read: the rooms, and the matters that were released, as they were released.

Nothing here reads the text of a matter: what is changed later, or was left out, cannot come out.
"""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from grassroots.forms.filters import VenueFilter
from grassroots.kinds import Verdict
from grassroots.models import Rating, Venue
from grassroots.releasing import current, with_progress
from grassroots.states import TONES
from grassroots.venues import hosts_of
from grassroots.words import public_note, public_state
from members.periods import today

from .crumbs import public_crumbs

PER_PAGE = 20


@login_not_required
@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """The rooms by township, and the newest matters."""
    rows = Venue.objects.open()
    found = VenueFilter(request.GET, queryset=rows)
    rows = (found.qs if found.is_valid() else rows.none()).for_list()
    page = Paginator(rows.order_by("township__order", "organization__order", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page, "params": request.GET, "filter": found, "narrows": any(request.GET.get(name) for name in found.filters),
        "newest": lines(shown().order_by("-released_at", "-pk")[:5]), "crumbs": public_crumbs(request),
    }  # fmt: skip
    return render(request, "grassroots/public_home.html", context)


@login_not_required
@require_safe
@never_cache
def venue(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a room that was closed too: its matters lead here."""
    one = Venue.objects.for_list().filter(pk=pk).first()
    if one is None:
        raise Http404
    page = Paginator(shown().filter(matter__venue=one).order_by("-released_at", "-pk"), PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    context = {
        "venue": one, "successor": _successor(one), "is_closed": not one.organization.in_force(today()), "hosts": hosts_of([one]).get(pk, []), "page": page, "lines": lines(page.object_list),
        "takes": Venue.objects.taking().filter(pk=pk).exists(), "params": request.GET,
        "crumbs": public_crumbs(request, str(one)),
    }  # fmt: skip
    return render(request, "grassroots/public_venue.html", context)


def _successor(one: Venue) -> Venue | None:
    """The room in the place of one that was merged."""
    body = one.organization.successor_id
    return Venue.objects.for_list().filter(organization=body).first() if body else None


@login_not_required
@require_safe
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:40]
    rows = shown()
    for word in text.split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word))
    page = Paginator(rows.order_by("-released_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "lines": lines(page.object_list), "params": request.GET, "q": text,
        "crumbs": public_crumbs(request, "议题和结果"),
    }  # fmt: skip
    return render(request, "grassroots/public_list.html", context)


@login_not_required
@require_safe
@never_cache
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a matter; withdrawn, it is gone at once."""
    row = shown().filter(matter=pk).first()
    if row is None:
        raise Http404
    context = {
        "line": lines([row])[0], "release": row, "items": with_progress(row), "note": public_note(row.matter, row.came),
    }  # fmt: skip
    context["crumbs"] = public_crumbs(request, row.matter.receipt)
    return render(request, "grassroots/public_detail.html", context)


def shown():
    """With the last verdict of each; the words of a rating are not for everybody."""
    last = Rating.objects.filter(matter=OuterRef("matter")).order_by("-round").values("verdict")[:1]
    return current().annotate(verdict=Subquery(last)).defer("matter__title", "matter__text", "matter__public_text")


def lines(rows) -> list[dict]:
    return [
        {
            "release": row, "state": public_state(row.matter, row.came), "tone": TONES[row.matter.state],
            "venue": row.matter.venue, "category": row.matter.get_category_display(),
            "verdict": Verdict(row.verdict).label if row.verdict else "",
        }
        for row in rows
    ]  # fmt: skip
