"""The page on which a person makes and revokes the address of their calendar, and the calendar itself."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notices.models import CalendarFeed

from . import addresses, calendar, pace, sources


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "notices/calendar.html", {"feed": addresses.of(request.user)})


@require_POST
@never_cache
def create(request: HttpRequest) -> HttpResponse:
    """The address is on this answer and never again: it is not redirected to, so it is kept nowhere."""
    path = reverse("notices:feed", args=[addresses.create(request.user)])
    context = {"feed": addresses.of(request.user), "address": request.build_absolute_uri(path)}
    return render(request, "notices/calendar.html", context)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    if addresses.revoke(request.user):
        messages.success(request, "已停用。原来的地址不能再用，手机和电脑上的日历不会再更新。")
    return redirect("notices:calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for whoever knows the address. A wrong one and a revoked one are answered alike."""
    known = addresses.find(token)
    if known is None:
        return HttpResponseNotFound()
    wait = pace.seconds_to_wait(known.pk)
    if wait:
        return HttpResponse(status=429, headers={"Retry-After": str(wait)})
    content = calendar.written(sources.entries_of(known.user), known.created_at)
    if not _note(known, content):
        return HttpResponseNotFound()
    return _answer(request, known, content)


def _note(known: CalendarFeed, content: bytes) -> bool:
    """When it was fetched, and since when it is what it is; False for an address that was revoked meanwhile."""
    now, digest = timezone.now(), hashlib.sha256(content).hexdigest()
    if digest != known.content_hash:
        known.content_hash, known.changed_at = digest, now
    still = CalendarFeed.objects.filter(pk=known.pk, token_hash=known.token_hash)
    noted = still.update(content_hash=known.content_hash, changed_at=known.changed_at, last_fetched_at=now)
    return bool(noted)


def _answer(request: HttpRequest, known: CalendarFeed, content: bytes) -> HttpResponse:
    etag, changed = quote_etag(known.content_hash), int(known.changed_at.timestamp())
    headers = {
        "ETag": etag, "Last-Modified": http_date(changed), "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="calendar.ics"', "X-Robots-Tag": "noindex",
    }  # fmt: skip
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, last_modified=changed, response=answer)
