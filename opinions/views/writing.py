"""The writing page: it stores what is there, complete or not, and never loses a text (design §10)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST

from documents.kinds import ACCEPTED_WORDS, accept_attribute
from documents.secrecy.finding import Found
from members.posts import posts_of
from opinions import attachments, drafting, secrecy
from opinions.forms import writing as forms
from opinions.models import OpinionReport
from opinions.rights import may_report
from opinions.states import State
from opinions.validators import TOGETHER_MAX
from workflow import autosave as answers
from workflow.errors import NotFound, Refused
from workflow.models import Event
from workflow.views import refusal_page

from .crumbs import crumbs
from .draft_text import DraftText


class New(View):
    """Nothing is stored before something is written."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if not may_report(posts_of(request.user)):
            return refusal_page(request, drafting.no_right(), **to_list())
        return page(DraftText(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        if not may_report(posts_of(request.user)):
            return refusal_page(request, drafting.no_right(), typed=DraftText(request).read().typed(), **to_list())
        return stored(DraftText(request))


class Edit(View):
    """Store what was posted and go on to where the pressed button leads."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return page(DraftText(request, writable(request.user, pk)))
        except Refused as refused:
            return refusal_page(request, refused, **to_list())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = DraftText(request, known(request.user, pk))
        if draft.case is None:
            return refusal_page(request, NotFound(), typed=draft.read().typed(), **to_list())
        try:
            drafting.check_writable(draft.case)
        except Refused as refused:
            return refusal_page(request, refused, typed=draft.read().typed(), **to_list())
        return stored(draft)


def page(draft: DraftText, refused: Refused | None = None, status: int = 200, seen: str | None = None) -> HttpResponse:
    """`seen`: the version the page was made for, when it is shown again unsaved."""
    report, form = draft.case, draft.form
    context = {
        "report": report, "form": form, "version": (report.version if report else "") if seen is None else seen,
        "refused": refused, "theirs": report.texts if refused and report else {}, "guide": TOGETHER_MAX,
        "files": draft.shown_files(), "upload_error": draft.upload_error, "accept": accept_attribute(),
        "upload_help": ACCEPTED_WORDS, "saved_at": answers.saved_today(report), "secrecy": _signs(report),
        "action": reverse("opinions:edit", args=[report.pk]) if report else reverse("opinions:new"),
        "autosave_url": _autosave_url(report), "crumbs": crumbs("修改" if report else "反映社情民意"),
        "returned_because": _why_returned(report),
    }  # fmt: skip
    return render(draft.request, "opinions/edit.html", context, status=status)


def stored(draft: DraftText) -> HttpResponse:
    draft.read()
    if not draft.form.is_valid():
        return page(draft, status=400, seen=draft.data.get("version", ""))
    try:
        report = draft.save()
    except Refused as refused:
        if refused.code != drafting.STALE:
            return refusal_page(draft.request, refused, typed=draft.typed(), **to_list())
        draft.case = known(draft.request.user, draft.case.pk)
        return page(draft, refused, status=409)
    if draft.upload_error:
        return page(draft, status=400)
    if draft.is_edited_only:
        return page(draft)
    if "onward" in draft.data:
        return redirect("opinions:act", report.pk, "submit")
    messages.success(draft.request, f"草稿已保存（{timezone.localtime():%H:%M}）。可以以后再来继续写。")
    return redirect("opinions:edit", report.pk)


@require_POST
def autosave_new(request: HttpRequest) -> JsonResponse:
    if not may_report(posts_of(request.user)):
        return JsonResponse({"detail": str(drafting.no_right())}, status=403)
    return _autosaved(DraftText(request))


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    draft = DraftText(request, known(request.user, pk))
    if draft.case is None:
        return JsonResponse({"detail": str(NotFound())}, status=404)
    return _autosaved(draft)


def _autosaved(draft: DraftText) -> JsonResponse:
    try:
        if draft.case is not None:
            drafting.check_writable(draft.case)
        return answers.saved(draft, draft.save, _addresses, _warnings)
    except Refused as refused:
        return answers.refused(refused, lambda: _theirs(draft))


def _addresses(report: OpinionReport) -> dict:
    return {"autosave_url": _autosave_url(report), "page_url": reverse("opinions:edit", args=[report.pk])}


def _warnings(report: OpinionReport) -> dict:
    found: Found = report.secrecy_found
    return {"warnings": [{"text": str(sign), "at": sign.anchor} for sign in found.signs]}


def _theirs(draft: DraftText) -> tuple[int, dict]:
    stored = known(draft.request.user, draft.case.pk)
    return stored.version, forms.as_posted(stored)


def _autosave_url(report: OpinionReport | None) -> str:
    return reverse("opinions:autosave", args=[report.pk]) if report else reverse("opinions:autosave_new")


def _signs(report: OpinionReport | None) -> Found:
    return secrecy.found_in(report, attachments.of_report(report.pk)) if report else Found([], [])


def _why_returned(report: OpinionReport | None) -> str:
    if report is None or report.state != State.RETURNED:
        return ""
    rows = Event.objects.filter(process="opinion", object_id=report.pk, act="return").order_by("-sequence")
    return rows.values_list("reason", flat=True).first() or ""


def known(user, pk: int) -> OpinionReport | None:
    return OpinionReport.objects.for_acting().filter(pk=pk).read_by(user)


def writable(user, pk: int) -> OpinionReport:
    report = known(user, pk)
    if report is None:
        raise NotFound
    drafting.check_writable(report)
    return report


def to_list() -> dict:
    return {"back_href": reverse("opinions:list"), "back_label": "返回社情民意"}
