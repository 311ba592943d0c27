"""The generic page of an act: any act of any process, from its row in the table."""

from django.contrib import messages
from django.forms import ModelChoiceField, Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from .engine import Option, option, perform
from .errors import Invalid, NotFound, Refused
from .models import Case
from .querysets import read_case, roles_on
from .transition import Transition, process_named

# Labels and helps that say themselves whether a field must be filled.
SAYS_WHEN = ("可不填", "必填", "须填", "留空", "不选则", "必须")


def refusal_page(request: HttpRequest, refused: Refused, **context) -> HttpResponse:
    """A page that says why and what next, with the status that every door answers with."""
    heading = "没有找到这件事项" if isinstance(refused, NotFound) else "这一步没有办成"
    context |= {"heading": heading, "sentence": refused.sentence, "next_step": refused.next_step}
    return render(request, "refused.html", context, status=refused.status)


def field_part(bound) -> dict:
    """One field of an act. Long texts get a counter; what says itself when it is needed is not called optional."""
    if isinstance(bound.field, ModelChoiceField) and bound.field.empty_label:
        bound.field.empty_label = "请选择"
    words = f"{bound.label}{bound.help_text}"
    return {
        "field": bound,
        "counted": isinstance(bound.field.widget, Textarea),
        "optional": not any(word in words for word in SAYS_WHEN),
    }


class ActView(View):
    """GET shows the form of the act, POST performs it; refused, the page keeps what was typed.

    An app gives `process_name`, the words, and what its page shows around the form.
    """

    process_name = ""
    list_url = "home"
    case_label = "查看这件事项"
    template_name = "workflow/act.html"

    def get(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        try:
            case = self.find(pk)
            offered = option(act, case, request.user)
        except Refused as refused:
            return self.refusal(pk, refused)
        return self.page(case, offered, self.form_for(offered.transition, case))

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        try:
            case = self.find(pk)
        except NotFound as refused:
            return self.refusal(pk, refused)
        data = self.given(case, act)
        try:
            perform(act, case, request.user, data, seen_version=self.seen_version())
        except Refused as refused:
            return self.refused(pk, act, data, refused)
        if done := self.done(case, act):
            messages.success(request, done)
        return redirect(self.next_url(case, act))

    # --- what an app may change ---
    def given(self, case: Case, act: str):
        """What the form gets. An app that takes files puts their ids in."""
        return self.request.POST

    def consequence(self, case: Case, act: str) -> str:
        return ""

    def done(self, case: Case, act: str) -> str:
        """What the next page says; "" where that page says it by itself."""
        return "已完成。"

    def next_url(self, case: Case, act: str) -> str:
        """The case, or the list when it has left the actor's sight."""
        return case.root.get_absolute_url() if self.is_seen(case) else reverse(self.list_url)

    def around(self, case: Case, row: Transition) -> dict:
        """What the page shows of the case beside the form."""
        return {}

    def upload_for(self, bound) -> dict | None:
        """What the upload component needs when the field takes a file: files, error, accept, purpose."""
        return None

    def refusal(self, pk: int, refused: Refused, **context) -> HttpResponse:
        """The page when nothing of the act can be shown; it leads to the case while that is in sight."""
        try:
            case = self.find(pk)
        except NotFound:
            return refusal_page(self.request, refused, **context)
        if self.is_seen(case):
            context |= {"back_href": case.root.get_absolute_url(), "back_label": self.case_label}
        return refusal_page(self.request, refused, **context)

    def template_for(self, act: str) -> str:
        return self.template_name

    # --- the machinery ---
    def is_seen(self, case: Case) -> bool:
        """Whether the root of the case is in the user's sight now."""
        return type(case).root_model().objects.visible_to(self.request.user).filter(pk=case.root_id).exists()

    def find(self, pk: int) -> Case:
        case = read_case(process_named(self.process_name).model, pk, self.request.user)
        if case is None:
            raise NotFound
        return case

    def seen_version(self) -> int | None:
        given = self.request.POST.get("version", "")
        return int(given) if given.isdecimal() and len(given) < 10 else None

    def form_for(self, row: Transition, case: Case, data=None):
        return row.form(data, case=case, actor=self.request.user) if row.form else None

    def refused(self, pk: int, act: str, data, refused: Refused) -> HttpResponse:
        """The same page with the reason; where the act is no longer open, the reason and what was typed."""
        try:
            case = self.find(pk)
            offered = option(act, case, self.request.user)
        except Refused as final:
            return self.refusal(pk, final, typed=self.typed(act, data))
        form = refused.form if isinstance(refused, Invalid) else self.form_for(offered.transition, case, data)
        return self.page(case, offered, form, refused)

    def shown_again(self, pk: int, act: str, data) -> HttpResponse:
        """The form with what was typed, nothing done: after a button of a field."""
        try:
            case = self.find(pk)
            offered = option(act, case, self.request.user)
        except Refused as refused:
            return self.refusal(pk, refused)
        row = offered.transition
        form = row.form(initial=self._as_typed(row, data), case=case, actor=self.request.user) if row.form else None
        return self.page(case, offered, form)

    def _as_typed(self, row: Transition, data) -> dict:
        """Each field's value as its widget reads it: a list of ticked people stays a list."""
        fields = row.form.base_fields.items()
        return {**data.dict(), **{name: field.widget.value_from_datadict(data, {}, name) for name, field in fields}}

    def fields_of(self, act: str) -> dict:
        """The fields of the act's form as its class declares them; none for an act without a form."""
        rows = process_named(self.process_name).rows_of(act)
        return rows[0].form.base_fields if rows and rows[0].form else {}

    def typed(self, act: str, data) -> list[tuple[str, str]]:
        """Label and text of what was filled in, so that it can be copied from the page of a final refusal."""
        texts = ((field.label, data.get(name, "")) for name, field in self.fields_of(act).items())
        return [(label, text) for label, text in texts if isinstance(text, str) and len(text) > 1]

    def page(self, case: Case, offered: Option, form, refused: Refused | None = None) -> HttpResponse:
        row, blocked = offered.transition, offered.blocked
        told = refused or blocked
        parts = [self.part(bound) for bound in form or ()]
        context = {
            "case": case, "root": case.root, "row": row, "form": form, "blocked": blocked,
            "parts": parts, "has_files": any(part["upload"] for part in parts),
            "refused": None if isinstance(told, Invalid) else told,
            "consequence": self.consequence(case, str(row.act)),
            "roles": roles_on(case),
            **self.around(case, row),
        }  # fmt: skip
        return render(self.request, self.template_for(str(row.act)), context, status=told.status if told else 200)

    def part(self, bound) -> dict:
        """One field of the page, with what it takes to show it."""
        return field_part(bound) | {"upload": self.upload_for(bound)}
