"""通知公告: what one received, unread first; for writers also what their body issued."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from announcements.forms.filters import IssuedFilter, ReceivedFilter
from announcements.kinds import PRIORITY_TONES
from announcements.models import Announcement, Recipient
from announcements.rights import issuing_bodies
from announcements.states import TONES, State
from members.directory import applied
from members.posts import posts_of

from .crumbs import crumbs

PER_PAGE = 20


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    found, rows = received_by(request.user, request.GET)
    page = _page(request, rows)
    for row in page.object_list:
        row.tone = PRIORITY_TONES[row.announcement.priority]
    return render(request, "announcements/list.html", _context(request, found, page, "received"))


@require_safe
def issued(request: HttpRequest) -> HttpResponse:
    """Empty for who writes for no body."""
    found, rows = issued_by(request.user, request.GET)
    page = _page(request, rows)
    for row in page.object_list:
        row.tone, row.state_tone = PRIORITY_TONES[row.priority], TONES[row.state]
    return render(request, "announcements/issued.html", _context(request, found, page, "issued"))


def received_by(user, asked) -> tuple[ReceivedFilter, QuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too."""
    rows = Recipient.objects.of(user).filter(announcement__state__in=State.SENT)
    found = ReceivedFilter(asked, queryset=rows)
    rows = found.qs if found.is_valid() else rows.none()
    return found, rows.select_related("announcement__issuer").unread_first()


def issued_by(user, asked) -> tuple[IssuedFilter, QuerySet]:
    rows = Announcement.objects.filter(issuer_id__in=issuing_bodies(posts_of(user)))
    found = IssuedFilter(asked, queryset=rows)
    rows = found.qs if found.is_valid() else rows.none()
    return found, rows.for_list().with_counts().order_by("-pk")


def _page(request: HttpRequest, rows):
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _context(request: HttpRequest, found, page, here: str) -> dict:
    writes = bool(issuing_bodies(posts_of(request.user)))
    names = {"received": ("发给我的", "announcements:list"), "issued": ("本单位发布的", "announcements:issued")}
    return {
        "filter": found, "page": page, "params": request.GET, "applied": applied(found.form, request.GET),
        "may_write": writes, "crumbs": crumbs()[:1] + [("通知公告", "")],
        "tabs": [
            {"label": label, "href": reverse(url), "current": key == here} for key, (label, url) in names.items()
        ] if writes else [],
    }  # fmt: skip
