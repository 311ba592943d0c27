"""Asking to change the text after submission: the text as a form, then old and new side by side, then sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from proposals.forms import rows
from proposals.forms.drafting import PREFIX, Suggestions
from proposals.sections.texts import differences
from workflow.engine import option
from workflow.errors import Invalid, Refused

from .acts import ProposalActView
from .written import MACHINERY

BUTTONS = ("compare", "again", "send")


class Amend(ProposalActView):
    """Nothing is sent before the difference was shown; an invalid or late post keeps every word."""

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        if "send" in request.POST:
            return super().post(request, pk, act)
        try:
            case = self.find(pk)
            offered = option(act, case, request.user)
        except Refused as refused:
            return self.refusal(pk, refused, typed=self.typed(act, request.POST))
        if offered.blocked:
            return self.refusal(pk, offered.blocked, typed=self.typed(act, request.POST))
        if "compare" not in request.POST:
            return self.page(case, offered, self.unchecked(offered.transition, case))
        return self.compared(case, offered)

    def compared(self, case, offered) -> HttpResponse:
        form = self.form_for(offered.transition, case, self.given(case, str(offered.act)))
        if not form.is_valid():
            return self.page(case, offered, form, Invalid(form))
        proposed = {name: form.cleaned_data[name] for name in form.now}
        context = {
            "case": case, "row": offered.transition, "changes": differences(form.now, proposed),
            "reason": form.cleaned_data["reason"], "posted": self.posted(), "version": self.request.POST.get("version", ""),
            **self.around(case, offered.transition),
        }  # fmt: skip
        return render(self.request, "proposals/amend_compare.html", context)

    def posted(self) -> list[tuple[str, str]]:
        """What was written, to be sent on from the page that compares."""
        data = self.request.POST
        names = [name for name in data if name not in MACHINERY and name not in BUTTONS]
        return [(name, value) for name in names for value in data.getlist(name)]

    def unchecked(self, row, case):
        """The form with what was typed and no errors: a row was added or moved, or one comes back to write on."""
        typed = {name: self.request.POST.get(name, "") for name in row.form.base_fields if name != "suggestions"}
        return row.form(initial=typed, case=case, actor=self.request.user)

    def given(self, case, act: str):
        data = self.request.POST.dict()
        data["suggestions"] = self.suggestions()
        return data

    def suggestions(self) -> list[str]:
        data = self.request.POST
        total = data.get(f"{PREFIX}-TOTAL_FORMS", "")
        count = min(int(total), rows.MOST) if total.isdecimal() and len(total) < 5 else 0
        return [data.get(f"{PREFIX}-{n}-text", "") for n in range(count)]

    def typed(self, act: str, data) -> list[tuple[str, str]]:
        """Every word, each suggestion by itself, to be copied from the page of a refusal."""
        words = super().typed(act, {**self.request.POST.dict(), "suggestions": ""})
        return words + [(f"具体建议（第 {n} 条）", text) for n, text in enumerate(self.suggestions(), 1) if text]

    def refused(self, pk: int, act: str, data, refused: Refused) -> HttpResponse:
        """Where the act does not work any more, the words go with the reason."""
        try:
            blocked = option(act, self.find(pk), self.request.user).blocked
        except Refused as final:
            blocked = final
        if blocked:
            return self.refusal(pk, blocked, typed=self.typed(act, data))
        return super().refused(pk, act, data, refused)

    def template_for(self, act: str) -> str:
        return "proposals/amend.html"

    def around(self, case, row) -> dict:
        formset = self.formset(case)
        return super().around(case, row) | {"formset": formset, "formsets": [formset]}

    def formset(self, case):
        if self.request.method != "POST":
            first = [{"text": s.text} for s in case.suggestions.all()]
            return Suggestions(initial=first, prefix=PREFIX)
        data = self.request.POST.copy()
        return Suggestions(rows.edited(data, PREFIX) if rows.pressed(data, PREFIX) else data, prefix=PREFIX)
