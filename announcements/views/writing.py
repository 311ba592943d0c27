"""The writing page: it stores what is there, complete or not, and never loses a text (design §10)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from announcements import drafting
from announcements.forms import writing as forms
from announcements.models import Announcement
from announcements.rights import may_write
from documents.kinds import ACCEPTED_WORDS, accept_attribute
from members.boxes import chosen_names
from members.posts import posts_of
from workflow import autosave as answers
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.views import refusal_page

from .crumbs import crumbs
from .draft_text import DraftText


class New(View):
    """Nothing is stored before something is written."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if refused := _no_right(request.user):
            return refusal_page(request, refused, **_to_list())
        return page(DraftText(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        if refused := _no_right(request.user):
            return refusal_page(request, refused, **_to_list())
        return stored(DraftText(request))


class Edit(View):
    """Store what was posted and go on to where the pressed button leads."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return page(DraftText(request, _writable(request.user, pk)))
        except Refused as refused:
            return refusal_page(request, refused, **_to_list())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = DraftText(request, _known(request.user, pk))
        if draft.case is None:
            return refusal_page(request, NotFound(), typed=draft.read().typed(), **_to_list())
        try:
            drafting.check_writable(draft.case)
        except Refused as refused:
            return refusal_page(request, refused, typed=draft.read().typed(), **_to_list())
        return stored(draft)


def page(draft: DraftText, refused: Refused | None = None, status: int = 200, seen: str | None = None) -> HttpResponse:
    """`seen`: the version the page was made for, when it is shown again unsaved: a colleague's text is not to be lost."""
    one, form = draft.case, draft.form
    bodies, persons = forms.body_groups(form), forms.person_groups(form)
    context = {
        "announcement": one, "form": form, "version": (one.version if one else "") if seen is None else seen, "refused": refused,
        "body_groups": bodies, "chosen_bodies": chosen_names(bodies),
        "person_groups": persons, "chosen_persons": chosen_names(persons),
        "files": draft.shown_files(), "upload_error": draft.upload_error, "accept": accept_attribute(),
        "upload_help": ACCEPTED_WORDS, "saved_at": answers.saved_today(one),
        "action": reverse("announcements:edit", args=[one.pk]) if one else reverse("announcements:new"),
        "autosave_url": _autosave_url(one), "crumbs": crumbs("修改" if one else "写通知公告"),
    }  # fmt: skip
    return render(draft.request, "announcements/edit.html", context, status=status)


def stored(draft: DraftText) -> HttpResponse:
    draft.read()
    if not draft.form.is_valid():
        return page(draft, status=400, seen=draft.data.get("version", ""))
    try:
        one = draft.save()
    except Refused as refused:
        if refused.code != drafting.STALE:
            return refusal_page(draft.request, refused, typed=draft.typed(), **_to_list())
        draft.case = _known(draft.request.user, draft.case.pk)
        return page(draft, refused, status=409)
    if draft.upload_error:
        return page(draft, status=400)
    if draft.is_edited_only:
        return page(draft)
    if "onward" in draft.data:
        return redirect("announcements:act", one.pk, "publish")
    messages.success(draft.request, f"草稿已保存（{timezone.localtime():%H:%M}）。可以以后再来继续写。")
    return redirect("announcements:edit", one.pk)


@require_POST
def autosave_new(request: HttpRequest) -> JsonResponse:
    if refused := _no_right(request.user):
        return JsonResponse({"detail": str(refused)}, status=403)
    return _autosaved(DraftText(request))


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    draft = DraftText(request, _known(request.user, pk))
    if draft.case is None:
        return JsonResponse({"detail": str(NotFound())}, status=404)
    return _autosaved(draft)


def _autosaved(draft: DraftText) -> JsonResponse:
    try:
        if draft.case is not None:
            drafting.check_writable(draft.case)
        return answers.saved(draft, draft.save, _addresses)
    except Refused as refused:
        return answers.refused(refused, lambda: _theirs(draft))


def _addresses(one: Announcement) -> dict:
    return {"autosave_url": _autosave_url(one), "page_url": reverse("announcements:edit", args=[one.pk])}


def _theirs(draft: DraftText) -> tuple[int, dict]:
    stored = _known(draft.request.user, draft.case.pk)
    return stored.version, forms.as_posted(stored)


def _autosave_url(one: Announcement | None) -> str:
    return reverse("announcements:autosave", args=[one.pk]) if one else reverse("announcements:autosave_new")


def _known(user, pk: int) -> Announcement | None:
    return Announcement.objects.for_acting().filter(pk=pk).read_by(user)


def _writable(user, pk: int) -> Announcement:
    one = _known(user, pk)
    if one is None:
        raise NotFound
    drafting.check_writable(one)
    return one


def _no_right(user) -> NotAllowed | None:
    if may_write(posts_of(user)):
        return None
    return NotAllowed(
        "通知公告由专委会、政协办公室和交办机构的负责人、工作人员发布。", "需要发通知的，请联系政协办公室。"
    )


def _to_list() -> dict:
    return {"back_href": reverse("announcements:list"), "back_label": "返回通知公告"}
