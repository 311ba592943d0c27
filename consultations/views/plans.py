"""年度计划: the list, one plan with its steps and what changed between them, a new one, the printed plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from consultations import attachments, opening, snapshots, timeline
from consultations.forms.plan import NewPlanForm
from consultations.kinds import Form
from consultations.models import Plan, Topic
from consultations.papers import plan as paper
from consultations.querysets import PlanQuerySet
from consultations.roles import Role, offices_of
from consultations.states import PlanState, TopicState, tone_of
from documents import form_files
from documents.kinds import KINDS
from documents.models import Attachment
from members.periods import today
from members.posts import posts_of
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.querysets import read_case, roles_on
from workflow.views import refusal_page

from .crumbs import buttons, crumbs, tabs

DOCX = KINDS[".docx"].content_type


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    rows = list(population(request.user))
    for row in rows:
        row.tone = tone_of(row.state)
    context = {
        "plans": rows, "may_open": bool(offices_of(posts_of(request.user))), "tabs": tabs(request.user, "plans"),
        "crumbs": crumbs("年度计划"),
    }  # fmt: skip
    return render(request, "consultations/plans.html", context)


def population(user) -> PlanQuerySet:
    """What the list shows; the export of the list asks here too."""
    return Plan.objects.visible_to(user).for_list().order_by("-year", "-pk")


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if not offices_of(posts_of(request.user)):
        refused = NotAllowed("年度协商计划由政协办公室起草。", "有议题建议的，请用“提出议题”。")
        return refusal_page(request, refused, **_to_list())
    form = NewPlanForm(request.POST or None, initial={"year": today().year + (today().month > 9)})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(opening.open_plan(request.user, form.cleaned_data["year"]))
        except Refused as refused:
            form.add_error("year", f"{refused.sentence}{refused.next_step}")
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "crumbs": crumbs(("年度计划", reverse("consultations:plans")), "起草计划")}
    return render(request, "consultations/new_plan.html", context, status=status)


def found(user, pk: int) -> Plan:
    """Raises NotFound."""
    plan = read_case(Plan, pk, user)
    if plan is None:
        raise NotFound
    return plan


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        plan = found(request.user, pk)
    except Refused as refused:
        return refusal_page(request, refused, **_to_list())
    inside = bool(roles_on(plan) & {Role.OFFICE, Role.HOUSE, Role.OVERSEER})
    steps = list(plan.steps.select_related("by").order_by("at", "pk")) if inside else []
    context = {
        "plan": plan, "tone": tone_of(plan.state), "groups": groups_of(plan), "inside": inside,
        "buttons": buttons(plan, request.user), "may_add": _may_add(request.user, plan),
        "steps": list(reversed(with_files(steps))), "since": snapshots.since_last(plan, steps) if inside else [],
        "events": timeline.events(plan) if inside else [], "crumbs": crumbs(("年度计划", reverse("consultations:plans")), plan.number),
    }  # fmt: skip
    return render(request, "consultations/plan.html", context)


def _may_add(user, plan: Plan) -> bool:
    leads = opening.leads_of(user)
    return plan.state != PlanState.DROPPED if leads is None else bool(leads) and plan.state in PlanState.OPEN


def groups_of(plan: Plan) -> list[tuple[str, list[Topic]]]:
    """The topics under their kinds, in the order of the printed plan."""
    groups: dict[str, list[Topic]] = {}
    for topic in topics_of(plan):
        topic.tone, topic.form_label = tone_of(topic.state), Form(topic.form).label
        groups.setdefault(topic.kind.name, []).append(topic)
    return list(groups.items())


def topics_of(plan: Plan) -> list[Topic]:
    rows = Topic.objects.for_acting().filter(plan=plan).exclude(state=TopicState.DROPPED)
    return list(rows.prefetch_related("units").order_by("kind__order", "month", "serial"))


def with_files(steps: list) -> list:
    """Each step with its changes and its files; one query more."""
    files: dict[int, list] = {}
    for file in Attachment.objects.of_many(attachments.PLAN_STEP, [step.pk for step in steps]):
        files.setdefault(file.subject_id, []).append(form_files.entry(file))
    found = snapshots.with_changes(steps)
    for step, changes in found:
        step.changes, step.files = changes, files.get(step.pk, [])
    return steps


@require_safe
def as_docx(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        plan = found(request.user, pk)
    except Refused as refused:
        return refusal_page(request, refused, **_to_list())
    return as_file(paper.write(plan, topics_of(plan)), f"{plan}.docx", DOCX)


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _to_list() -> dict:
    return {"back_href": reverse("consultations:plans"), "back_label": "返回年度计划"}
