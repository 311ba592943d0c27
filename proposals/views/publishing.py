"""公开: the text as the public will read it, with what is left out marked, before it is published."""

from django.http import HttpRequest, HttpResponse

from proposals.publishing.drafts import FULL
from workflow.engine import option
from workflow.errors import Refused

from .acts import ProposalActView

PREVIEW = "preview"


class Publish(ProposalActView):
    """The act's page with the preview above the form; “按选择重新预览” works without JavaScript."""

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        if PREVIEW not in request.POST:
            return super().post(request, pk, act)
        try:
            case = self.find(pk)
            offered = option(act, case, request.user)
        except Refused as refused:
            return self.refusal(pk, refused)
        return self.page(case, offered, self.form_for(offered.transition, case, request.POST))

    def template_for(self, act: str) -> str:
        return "proposals/publish.html"

    def page(self, case, offered, form, refused=None) -> HttpResponse:
        self.draft = None if form is None or offered.blocked else _draft(form)
        return super().page(case, offered, form, refused)

    def around(self, case, row) -> dict:
        return super().around(case, row) | {"draft": self.draft, "full": FULL}


def _draft(form):
    """What would be published by what is ticked and written so far, even if something is still missing."""
    if not form.is_bound:
        return form.draft()
    form.is_valid()
    return form.draft({name: value for name, value in form.cleaned_data.items() if name != "draft"})
