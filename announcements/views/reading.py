"""One announcement: reading it counts, and whoever must signs for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from announcements import attachments, receipts
from announcements.acts import Act
from announcements.kinds import PRIORITY_TONES
from announcements.models import Announcement, Recipient
from announcements.roles import Role
from announcements.states import TONES, State
from documents import form_files
from workflow.engine import available
from workflow.errors import NotFound, Refused
from workflow.querysets import read_case, roles_on
from workflow.views import refusal_page

from .crumbs import crumbs

BACK = {"back_label": "返回通知公告"}


def found(user, pk: int) -> Announcement | None:
    return read_case(Announcement, pk, user)


def not_found(request: HttpRequest) -> HttpResponse:
    return refusal_page(request, NotFound(), back_href=reverse("announcements:list"), **BACK)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(request.user, pk)
    if one is None:
        return not_found(request)
    if request.method == "GET" and one.state == State.PUBLISHED and Role.RECIPIENT in roles_on(one):
        receipts.mark_read(one, request.user)
    shows = attachments.shows_text(one)
    writes = Role.WRITER in roles_on(one)
    context = {
        "announcement": one, "shows_text": shows, "writes": writes, "tone": PRIORITY_TONES[one.priority],
        "state_tone": TONES[one.state], "mine": Recipient.objects.of(request.user).filter(announcement=one).first(),
        "files": [form_files.entry(file) for file in attachments.of_announcement(one.pk)] if shows else [],
        "crumbs": crumbs(str(one)), **(for_writers(one, request.user) if writes else {}),
    }  # fmt: skip
    return render(request, "announcements/detail.html", context)


def for_writers(one: Announcement, user) -> dict:
    """The acts with their addresses, and how many have read it."""
    counted = Announcement.objects.filter(pk=one.pk).with_counts().values("told", "read_by_now", "signed_by_now").get()
    options = [option for option in available(one, user) if not (option.blocked and option.act == Act.ADD)]
    return {"counts": counted, "options": options}


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(request.user, pk)
    if one is None:
        return not_found(request)
    try:
        receipts.sign(one, request.user)
    except Refused as refused:
        return refusal_page(request, refused, back_href=one.get_absolute_url(), **BACK)
    messages.success(request, "已签收。")
    return redirect(one)
