"""议题征集: what was suggested, suggesting something, what became of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from consultations import opening, timeline
from consultations.forms.filters import IdeaFilter
from consultations.forms.idea import EnteredIdeaForm, IdeaForm, open_plans
from consultations.models import Idea, Plan
from consultations.querysets import IdeaQuerySet
from consultations.roles import offices_of
from consultations.states import IdeaState, tone_of
from members.directory import applied
from members.periods import today
from members.posts import posts_of
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.querysets import read_case
from workflow.views import refusal_page

from .crumbs import buttons, crumbs, tabs

PER_PAGE = 30


@require_safe
def idea_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    found, rows = population(user, request.GET)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page.object_list:
        row.tone = tone_of(row.state)
    context = {
        "filter": found, "page": page, "params": request.GET, "applied": applied(found.form, request.GET),
        "calls": list(Plan.objects.collecting(today()).order_by("year")), "may_suggest": opening.may_suggest(user),
        "tabs": tabs(user, "ideas"), "crumbs": crumbs("议题征集"),
    }  # fmt: skip
    return render(request, "consultations/ideas.html", context)


def population(user, asked) -> tuple[IdeaFilter, IdeaQuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too."""
    found = IdeaFilter(asked, queryset=Idea.objects.visible_to(user))
    return found, (found.qs if found.is_valid() else Idea.objects.none()).for_list().order_by("-pk")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Into the plan that is asking, else the next one that is being drafted."""
    user = request.user
    if not opening.may_suggest(user):
        refused = NotAllowed("议题由委员、专委会和部门提出。", "群众有建议的，可以来信、来电，由政协办公室登记。")
        return refusal_page(request, refused, **_to_list())
    plan = _plan_asking()
    made = EnteredIdeaForm if offices_of(posts_of(user)) else IdeaForm
    form = made(request.POST or None)
    if plan is None:
        refused = Refused("现在没有在征集议题的年度计划。", "政协办公室发出征集通知以后再提出。", code="no_call")
        return refusal_page(request, refused, typed=_typed(request, form), **_to_list())
    if request.method == "POST" and form.is_valid():
        try:
            idea = opening.suggest(user, plan, form.cleaned_data)
        except Refused as refused:
            return refusal_page(request, refused, typed=_typed(request, form), **_to_list())
        messages.success(request, "已提交。研究的结果会通知您。")
        return redirect(idea)
    context = {"form": form, "plan": plan, "crumbs": crumbs(("议题征集", reverse("consultations:ideas")), "提出议题")}
    return render(request, "consultations/new_idea.html", context, status=400 if form.is_bound else 200)


def _plan_asking() -> Plan | None:
    return Plan.objects.collecting(today()).order_by("year").first() or open_plans().last()


def _typed(request: HttpRequest, form) -> list[tuple[str, str]]:
    texts = ((field.label, request.POST.get(name, "")) for name, field in form.fields.items())
    return [(label, text) for label, text in texts if len(text) > 1]


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    idea = read_case(Idea, pk, request.user)
    if idea is None:
        return refusal_page(request, NotFound(), **_to_list())
    office = bool(offices_of(posts_of(request.user)))
    can_become = office and idea.state in (IdeaState.WAITING, IdeaState.RESERVED)
    context = {
        "idea": idea, "tone": tone_of(idea.state), "buttons": buttons(idea, request.user), "can_become": can_become,
        "events": timeline.events(idea), "crumbs": crumbs(("议题征集", reverse("consultations:ideas")), str(idea)),
    }  # fmt: skip
    return render(request, "consultations/idea.html", context)


def _to_list() -> dict:
    return {"back_href": reverse("consultations:ideas"), "back_label": "返回议题征集"}
