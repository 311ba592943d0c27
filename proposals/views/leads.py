"""提案线索 inside: what the committee offers, and one's own contributions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from proposals.acts import LeadAct
from proposals.forms.review import categories
from proposals.kinds import CategorySystem
from proposals.lead_roles import LeadRole
from proposals.leads import drafts_with, stages
from proposals.models import Lead, Proposal
from proposals.states import TONES
from proposals.wording import done
from workflow.engine import perform
from workflow.errors import NotFound, Refused
from workflow.querysets import read_case, roles_on
from workflow.views import refusal_page

from .crumbs import crumbs_under

PER_PAGE = 20


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those offered to members, found by words and category; above them what this user brought."""
    text, chosen = question(request.GET)
    seen, rows = population(request.user, request.GET)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "q": text, "chosen": chosen, "params": request.GET, "categories": categories(CategorySystem.BUSINESS),
        "mine": [(lead, TONES[lead.state]) for lead in seen.filter(contributor=request.user).order_by("-pk")[:10]],
        "crumbs": crumbs_under("提案线索"),
    }  # fmt: skip
    return render(request, "proposals/leads.html", context)


def question(asked) -> tuple[str, str]:
    """The words and the category that are looked for."""
    return asked.get("q", "").replace("\x00", "").strip()[:40], asked.get("category", "")


def population(user, asked) -> tuple[QuerySet, QuerySet]:
    """All that this user sees, and of it what the list shows; the export of the list asks here too."""
    text, chosen = question(asked)
    seen = Lead.objects.visible_to(user).for_list()
    rows = seen.for_members().matching(text)
    if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10:
        rows = rows.filter(category_id=int(chosen))
    return seen, rows.order_by("-pk")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    lead = _found(request.user, pk)
    if lead is None:
        return refusal_page(request, NotFound(), back_href=reverse("proposals:leads"), back_label="返回提案线索")
    roles = roles_on(lead)
    context = {
        "lead": lead, "tone": TONES[lead.state], "is_own": LeadRole.CONTRIBUTOR in roles,
        "may_use": LeadRole.WRITER in roles, "stages": stages(lead) if LeadRole.CONTRIBUTOR in roles else [],
        "drafts": drafts_of(lead, request.user),
        "crumbs": [*crumbs_under("")[:2], ("提案线索", reverse("proposals:leads")), (lead.receipt, "")],
    }  # fmt: skip
    return render(request, "proposals/lead.html", context)


@require_POST
def use(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a draft, or go on with the one that was started before."""
    lead = _found(request.user, pk)
    try:
        if lead is None:
            raise NotFound
        begun = drafts_of(lead, request.user)
        if begun:
            return redirect("proposals:edit", begun[0].pk)
        event = perform(LeadAct.USE, lead, request.user)
    except Refused as refused:
        return refusal_page(request, refused, back_href=reverse("proposals:leads"), back_label="返回提案线索")
    messages.success(request, done("lead", LeadAct.USE))
    return redirect("proposals:edit", event.data["proposal"])


def _found(user, pk: int) -> Lead | None:
    return read_case(Lead, pk, user, rows="for_list")


def drafts_of(lead: Lead, user) -> list[Proposal]:
    """What this user began with the lead and has not submitted yet."""
    return list(drafts_with(lead, user).order_by("pk"))
