"""The pages of the acts of 督 that want more than the plain form: a record with its demands, a 批示 from one's own page."""

from django.urls import reverse

from proposals.forms.supervising import DEMANDS, PHOTOS

from .acts import ProposalActView

FROM_LEADING = "leading"


class Supervise(ProposalActView):
    """The demands stand in blocks of three fields; those after the first are folded up until one is filled."""

    def template_for(self, act: str) -> str:
        return "proposals/supervise.html"

    def page(self, case, offered, form, refused=None):
        self.shown_form = form
        return super().page(case, offered, form, refused)

    def around(self, case, row) -> dict:
        return super().around(case, row) | {"blocks": self._blocks(), **self._around_blocks()}

    def _around_blocks(self) -> dict:
        before = ("form", "on", "leader", "participants", "findings")
        after = ("next_check_on", *(f"photo_{n}" for n in range(1, PHOTOS + 1)))
        form = self.shown_form or {}
        return {
            "before": [self.part(form[name]) for name in before if form],
            "after": [self.part(form[name]) for name in after if form],
        }

    def _blocks(self) -> list[dict]:
        if not self.shown_form:
            return []
        return [self._block(n) for n in range(1, DEMANDS + 1)]

    def _block(self, n: int) -> dict:
        bound = [self.shown_form[f"{name}_{n}"] for name in ("demand", "unit", "due")]
        is_open = n == 1 or any(one.errors or one.value() for one in bound)
        return {"n": n, "parts": [self.part(one) for one in bound], "is_open": is_open}


class Instruct(ProposalActView):
    """A leader who wrote it on the leaders' page comes back to it."""

    def next_url(self, case, act: str) -> str:
        if self.request.POST.get("from") == FROM_LEADING:
            return f"{reverse('proposals:leading')}#case-{case.pk}"
        return super().next_url(case, act)
