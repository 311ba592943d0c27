"""The pages of the acts of 督 that want more than the plain form: a record with its demands, a 批示 from one's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from proposals import wording
from proposals.acts import ProposalAct
from proposals.forms.supervising import DEMANDS, PHOTOS, shares_in_hand
from proposals.sections import acts
from proposals.sections import supervising as section
from proposals.sections.reader import Reader
from proposals.standing import standing
from workflow.errors import NotAllowed, NotFound
from workflow.views import refusal_page

from . import detail
from .acts import ProposalActView
from .crumbs import crumbs_to

FROM_LEADING = "leading"


@require_safe
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """督 of one case by itself: what may be recorded, the 重点提案 entry, the records so far."""
    proposal = detail.seen(request.user, pk)
    if proposal is None:
        return refusal_page(request, NotFound(), back_href=reverse("proposals:list"), back_label="返回提案列表")
    offered = [one for one in acts.proposal_buttons(proposal, request.user) if one.act in acts.SUPERVISION]
    if not offered:
        refused = NotAllowed("督办由提案委和交办机构登记，立案以后才能登记。", "督办情况请在提案页面查看。")
        return refusal_page(request, refused, back_href=proposal.get_absolute_url(), back_label="查看这件提案")
    reader, now = Reader.of(request.user, proposal), standing(proposal)
    key = section.key_of(proposal, reader)
    context = {
        "proposal": proposal, "reader": reader, "buttons": _in_turn(offered, key), "standing": now, "sign": now.sign(),
        "key": key, "records": section.records_of(proposal, reader),
        "crumbs": crumbs_to(proposal, "督办"),
    }  # fmt: skip
    return render(request, "proposals/supervision.html", context)


def _in_turn(buttons: list[acts.Button], key) -> list[acts.Button]:
    """What the 重点提案 waits for comes first; once its leaders are named, recording a supervision does."""
    waits = key is not None and not key.entry.leader_id
    return acts.in_order(sorted(buttons, key=lambda one: not waits and one.act != ProposalAct.SUPERVISE))


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
    """A leader who wrote it on the leaders' page comes back to it, also by way of a refusal."""

    def template_for(self, act: str) -> str:
        return "proposals/instruct.html"

    def around(self, case, row) -> dict:
        return super().around(case, row) | {"comes_from": FROM_LEADING if self._came_from_leading() else ""}

    def done(self, case, act: str) -> str:
        return super().done(case, act) if shares_in_hand(case).exists() else wording.INSTRUCTED_EARLY

    def _came_from_leading(self) -> bool:
        return self.request.POST.get("from") == FROM_LEADING

    def next_url(self, case, act: str) -> str:
        if self._came_from_leading():
            return f"{reverse('proposals:leading')}#case-{case.pk}"
        return super().next_url(case, act)
