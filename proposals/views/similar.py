"""Similar cases on the pages: while writing (htmx), for the reviewer, and taking over a suggestion."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from proposals import drafting
from proposals.forms.drafting import DraftForm
from proposals.models import Proposal
from proposals.sections.reader import Reader
from proposals.similar import of_case, similar_cases
from proposals.suggesting import suggest
from proposals.validators import SITUATION_MAX, TITLE_MAX, UNITS_MAX
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.views import refusal_page

from .crumbs import crumbs_to
from .detail import seen
from .writing import writable

LONG_ENOUGH = 40  # characters of text before it is compared too


@require_POST
def panel(request: HttpRequest) -> HttpResponse:
    """A fragment for the writing page. Title and text come in the body, so that no address holds them."""
    title = request.POST.get("title", "")[:TITLE_MAX]
    text = request.POST.get("situation", "")[:SITUATION_MAX]
    cases = similar_cases(request.user, title, text if len(text) >= LONG_ENOUGH else "", _number(request, "proposal"))
    units = [int(pk) for pk in request.POST.getlist("units") if pk.isdecimal() and len(pk) < 10]
    context = {
        "similar": cases, "asked": bool(title.strip()),
        "hints": suggest(cases, bool(request.POST.get("business_category")), units),
    }  # fmt: skip
    return render(request, "proposals/_similar_found.html", context)


@require_safe
def of_reviewer(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of its own; the case page shows its list in place."""
    proposal = seen(request.user, pk)
    if proposal is None:
        return refusal_page(request, NotFound(), back_href=reverse("proposals:list"), back_label="返回提案列表")
    if not Reader.of(request.user, proposal).reviews:
        refused = NotAllowed("只有提案委和审查员可以查看这一页。", "您写提案时，页面上会列出与您那一件相似的提案。")
        return refusal_page(request, refused, back_href=proposal.get_absolute_url(), back_label="查看这件提案")
    context = {
        "proposal": proposal, "similar": of_case(request.user, proposal), "crumbs": crumbs_to(proposal, "相似提案"),
        "listed": proposal.similar_shown,
    }  # fmt: skip
    return render(request, "proposals/similar.html", context)


@require_POST
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in one suggestion where the writer has chosen nothing else, and go back to checking."""
    try:
        told = _adopted(request, writable(request.user, pk))
    except Refused as refused:
        back = reverse("proposals:detail", args=[pk])
        return refusal_page(request, refused, back_href=back, back_label="查看这件提案")
    messages.success(request, told)
    return redirect("proposals:check", pk)


def _adopted(request: HttpRequest, proposal: Proposal) -> str:
    """What the next page says. Raises Refused."""
    fields, name = DraftForm().fields, request.POST.get("field", "")
    wanted = fields[name].queryset.filter(pk=_number(request, "value")).first() if name in ADOPTED else None
    if wanted is None:
        return "这一项已经不能选了，没有改动。请点“返回修改”自己选择。"
    return ADOPTED[name](request.user, proposal, wanted)


def _adopt_category(user, proposal: Proposal, wanted) -> str:
    if proposal.business_category_id is not None:
        return f"您已经选了“{proposal.business_category}”，没有改动。"
    drafting.save(proposal, user, {"business_category": wanted}, seen_version=proposal.version)
    return f"类别已填为“{wanted}”。"


def _adopt_unit(user, proposal: Proposal, wanted) -> str:
    units = list(proposal.suggested_units.all())
    if wanted in units:
        return f"建议承办单位里已经有{wanted}。"
    if len(units) >= UNITS_MAX:
        return f"已选满 {UNITS_MAX} 个单位，没有改动。"
    drafting.save(proposal, user, {}, units=[*units, wanted], seen_version=proposal.version)
    return f"建议承办单位已加上{wanted}。"


ADOPTED = {"business_category": _adopt_category, "units": _adopt_unit}


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
