"""Writing that never loses a text (design §10): a member's opinion and the draft of an outcome, stored while they are typed.

One page for both: what is written, where it is stored, and where it leads is said by a subclass.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from consultations import drafting
from consultations.acts import OpinionAct
from consultations.forms.texts import OpinionForm, OutcomeForm
from consultations.models import Outcome
from consultations.states import OpinionState
from workflow.engine import perform
from workflow.errors import NotFound, Refused
from workflow.querysets import read_case
from workflow.views import refusal_page

from .crumbs import buttons, crumbs
from .topics import found, to_list

STALE = drafting.STALE


class TextPage(View):
    """GET shows the text, POST stores it and goes on, `autosave` answers the script of static/js/autosave.js."""

    form_class = OpinionForm
    template_name = ""

    # --- what a subclass says ---
    def read(self, pk: int) -> None:
        """Find what is written on; raises Refused for who may not."""
        raise NotImplementedError

    @property
    def stored(self):
        """The row that holds the text, None while nothing was stored."""
        raise NotImplementedError

    def save(self, data: dict, seen: int | None):
        raise NotImplementedError

    def initial(self) -> dict:
        raise NotImplementedError

    def context(self) -> dict:
        raise NotImplementedError

    def onward(self) -> HttpResponse:
        raise NotImplementedError

    # --- the machinery ---
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            self.read(pk)
        except Refused as refused:
            return refusal_page(request, refused, **self.back())
        return self.page(self.form_class(initial=self.initial()))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = self.form_class(request.POST)
        try:
            self.read(pk)
            if not form.is_valid():
                return self.page(form, status=400, seen=request.POST.get("version", ""))
            self.save(form.cleaned_data, self.seen())
            if "onward" in request.POST:
                return self.onward()
        except Refused as refused:
            if refused.code == STALE:
                self.read(pk)
                return self.page(form, refused, status=409)
            return refusal_page(request, refused, typed=self.typed(form), **self.back())
        messages.success(request, f"已保存（{timezone.localtime():%H:%M}）。可以以后再来继续写。")
        return redirect(request.path)

    def seen(self) -> int | None:
        given = self.request.POST.get("version", "")
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else None

    def typed(self, form) -> list[tuple[str, str]]:
        texts = ((field.label, self.request.POST.get(name, "")) for name, field in form.fields.items())
        return [(label, text) for label, text in texts if text]

    def page(self, form, refused: Refused | None = None, status: int = 200, seen: str | None = None) -> HttpResponse:
        row = self.stored
        moment = timezone.localtime(row.saved_at) if row else None
        context = {
            "form": form, "refused": refused, "version": (row.version if row else "") if seen is None else seen,
            "theirs": self.initial() if refused else {}, "autosave_url": f"{self.request.path}autosave/",
            "saved_at": moment if moment and moment.date() == timezone.localdate() else None, **self.context(),
        }  # fmt: skip
        return render(self.request, self.template_name, context, status=status)

    def back(self) -> dict:
        return to_list()

    def autosave(self, pk: int) -> JsonResponse:
        form = self.form_class(self.request.POST)
        try:
            self.read(pk)
            is_new = self.stored is None
            if not form.is_valid():
                return JsonResponse({"errors": form.errors}, status=400)
            row = self.save(form.cleaned_data, self.seen())
        except Refused as refused:
            return self._not_saved(pk, refused)
        answer = {"version": row.version, "saved_at": timezone.localtime(row.saved_at).isoformat()}
        if is_new:
            page_url = self.request.path.removesuffix("autosave/")
            answer |= {"autosave_url": self.request.path, "page_url": page_url}
        return JsonResponse(answer)

    def _not_saved(self, pk: int, refused: Refused) -> JsonResponse:
        """409 means two texts to the script, so a text that is locked answers 403."""
        if refused.code != STALE:
            return JsonResponse({"detail": str(refused)}, status=403 if refused.status == 409 else refused.status)
        self.read(pk)
        theirs = {name: [str(value)] for name, value in self.initial().items()}
        return JsonResponse({"detail": refused.sentence, "version": self.stored.version, "theirs": theirs}, status=409)


class Autosave:
    """In front of a text page: its POST stores and answers in JSON."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        return self.autosave(pk)


class OpinionPage(TextPage):
    template_name = "consultations/opinion.html"

    def read(self, pk: int) -> None:
        self.topic = found(self.request.user, pk)
        self.mine = drafting.opinion_of(self.topic, self.request.user)
        if self.mine is None:
            drafting.check_may_speak(self.topic, self.request.user)

    @property
    def stored(self):
        return self.mine

    def save(self, data: dict, seen: int | None):
        self.mine = drafting.save_opinion(self.topic, self.request.user, data["text"], seen)
        return self.mine

    def seen(self) -> int | None:
        """0 for a page that was made when nothing was stored yet: a text that came meanwhile is not written over."""
        return 0 if self.request.POST.get("version") == "" else super().seen()

    def initial(self) -> dict:
        return {"text": self.mine.text if self.mine else ""}

    def onward(self) -> HttpResponse:
        mine = drafting.opinion_of(self.topic, self.request.user)
        perform(OpinionAct.SUBMIT, mine, self.request.user)
        messages.success(self.request, "意见已提交。截止前还可以撤回修改。")
        return redirect(self.topic)

    def context(self) -> dict:
        mine = self.mine
        return {
            "topic": self.topic, "mine": mine, "is_open": self.topic.is_collecting,
            "is_draft": mine is None or mine.state == OpinionState.DRAFT,
            "buttons": buttons(mine, self.request.user, without=(OpinionAct.SUBMIT,)) if mine else [],
            "crumbs": crumbs((str(self.topic), self.topic.get_absolute_url()), "我的意见"),
        }  # fmt: skip


class OpinionAutosave(Autosave, OpinionPage):
    pass


class OutcomePage(TextPage):
    form_class = OutcomeForm
    template_name = "consultations/write_outcome.html"

    def read(self, pk: int) -> None:
        one = read_case(Outcome, pk, self.request.user)
        if one is None:
            raise NotFound
        drafting.check_writable(one)
        self.outcome = one

    @property
    def stored(self):
        return self.outcome

    def save(self, data: dict, seen: int | None):
        self.outcome = drafting.save_outcome(self.outcome, self.request.user, data["title"], data["text"], seen)
        return self.outcome

    def initial(self) -> dict:
        return {"title": self.outcome.title, "text": self.outcome.text}

    def onward(self) -> HttpResponse:
        return redirect(self.outcome)

    def context(self) -> dict:
        topic = self.outcome.topic
        trail = crumbs(
            (str(topic), topic.get_absolute_url()), (str(self.outcome), self.outcome.get_absolute_url()), "起草文稿"
        )
        return {"outcome": self.outcome, "topic": topic, "crumbs": trail}


class OutcomeAutosave(Autosave, OutcomePage):
    pass
