"""The pages of writing a text: they store what is there, complete or not, and never lose it (design §10).

An app derives its four pages (Begin, Continue, SaveNew, Save) from one class of its own over `Writing`.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from . import autosave
from .drafts import STALE
from .errors import NotFound, Refused
from .models import Case
from .querysets import read_case
from .views import refusal_page


class Writing:
    """What an app says of its texts. `text`: its documents.posted_text.PostedText; `urls`: its namespace, with the pages
    list, new, edit, autosave, autosave_new and act; `onward`: the act after the writing."""

    text, model, urls, list_label, onward = None, None, "", "", ""

    def no_right(self, user) -> Refused | None:
        """Why this user may not begin a text; None: they may."""
        raise NotImplementedError

    def check_writable(self, case: Case) -> None:
        """Raises Refused unless the reader for whom the row was read may write its text now."""
        raise NotImplementedError

    def as_posted(self, case: Case) -> dict:
        """Field → values of the stored text, as the page would send them."""
        raise NotImplementedError

    def told(self, case: Case) -> dict:
        """What a saved text tells its page besides."""
        return {}

    def page(self, draft, refused: Refused | None = None, status: int = 200, seen: str | None = None) -> HttpResponse:
        """`seen`: the version the page was made for, when it is shown again unsaved: nobody's text is to be lost."""
        raise NotImplementedError

    # --- the machinery ---
    def known(self, user, pk: int) -> Case | None:
        return read_case(self.model, pk, user)

    def to_list(self) -> dict:
        return {"back_href": reverse(f"{self.urls}:list"), "back_label": self.list_label}

    def shown(self, draft, seen: str | None) -> dict:
        """What every page of writing shows of the draft and its files."""
        case = draft.case
        return {
            "form": draft.form, "version": (case.version if case else "") if seen is None else seen,
            "files": draft.shown_files(), "upload_error": draft.upload_error, "saved_at": autosave.saved_today(case),
            "action": reverse(f"{self.urls}:edit", args=[case.pk]) if case else reverse(f"{self.urls}:new"),
            "autosave_url": self.autosave_url(case),
        }  # fmt: skip

    def autosave_url(self, case: Case | None) -> str:
        return reverse(f"{self.urls}:autosave", args=[case.pk]) if case else reverse(f"{self.urls}:autosave_new")

    def addresses(self, case: Case) -> dict:
        return {"autosave_url": self.autosave_url(case), "page_url": reverse(f"{self.urls}:edit", args=[case.pk])}

    def stored(self, draft) -> HttpResponse:
        """Store what was posted and go on to where the pressed button leads."""
        draft.read()
        if not draft.form.is_valid():
            return self.page(draft, status=400, seen=draft.data.get("version", ""))
        try:
            case = draft.save()
        except Refused as refused:
            if refused.code != STALE:
                return refusal_page(draft.request, refused, typed=draft.typed(), **self.to_list())
            draft.case = self.known(draft.request.user, draft.case.pk)
            return self.page(draft, refused, status=409)
        if draft.upload_error:
            return self.page(draft, status=400)
        if draft.is_edited_only:
            return self.page(draft)
        if "onward" in draft.data:
            return redirect(f"{self.urls}:act", case.pk, self.onward)
        messages.success(draft.request, f"草稿已保存（{timezone.localtime():%H:%M}）。可以以后再来继续写。")
        return redirect(f"{self.urls}:edit", case.pk)

    def autosaved(self, draft) -> JsonResponse:
        try:
            if draft.case is not None:
                self.check_writable(draft.case)
            return autosave.saved(draft, draft.save, self.addresses, self.told)
        except Refused as refused:
            return autosave.refused(refused, lambda: self._theirs(draft))

    def _theirs(self, draft) -> tuple[int, dict]:
        case = self.known(draft.request.user, draft.case.pk)
        return case.version, self.as_posted(case)


class Begin(Writing, View):
    """Nothing is stored before something is written."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if refused := self.no_right(request.user):
            return refusal_page(request, refused, **self.to_list())
        return self.page(self.text(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        if refused := self.no_right(request.user):
            return refusal_page(request, refused, typed=self.text(request).read().typed(), **self.to_list())
        return self.stored(self.text(request))


class Continue(Writing, View):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self.known(request.user, pk)
        if case is None:
            return refusal_page(request, NotFound(), **self.to_list())
        try:
            self.check_writable(case)
        except Refused as refused:
            return refusal_page(request, refused, **self.to_list())
        return self.page(self.text(request, case))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.text(request, self.known(request.user, pk))
        if draft.case is None:
            return refusal_page(request, NotFound(), typed=draft.read().typed(), **self.to_list())
        try:
            self.check_writable(draft.case)
        except Refused as refused:
            return refusal_page(request, refused, typed=draft.read().typed(), **self.to_list())
        return self.stored(draft)


class SaveNew(Writing, View):
    def post(self, request: HttpRequest) -> JsonResponse:
        if refused := self.no_right(request.user):
            return JsonResponse({"detail": str(refused)}, status=403)
        return self.autosaved(self.text(request))


class Save(Writing, View):
    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        draft = self.text(request, self.known(request.user, pk))
        if draft.case is None:
            return JsonResponse({"detail": str(NotFound())}, status=404)
        return self.autosaved(draft)
