"""协商成果: one outcome with its versions, recommendations and 批示, and as a paper."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations import timeline
from consultations.forms.filters import OutcomeFilter
from consultations.models import Instruction, Outcome, Topic
from consultations.papers import outcome as paper
from consultations.querysets import OutcomeQuerySet
from consultations.roles import Role
from consultations.sections import outcome as section
from consultations.states import OutcomeState, tone_of
from members.directory import applied
from workflow.errors import NotFound
from workflow.querysets import read_case, roles_on
from workflow.views import refusal_page

from .crumbs import buttons, crumbs, tabs
from .plans import DOCX, as_file
from .topics import to_list

PER_PAGE = 30


@require_safe
def outcome_list(request: HttpRequest) -> HttpResponse:
    """The outcomes that were sent: where the figures lead to. A 批示 is named with its leader and day, its words stand
    on the outcome's own page for those who may read them."""
    user = request.user
    found, rows = population(user, request.GET)
    said = Prefetch("instructions", queryset=Instruction.objects.valid())
    page = Paginator(rows.prefetch_related(said), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": found, "page": page, "params": request.GET, "applied": applied(found.form, request.GET),
        "tabs": tabs(user, "figures"), "crumbs": crumbs("协商成果"),
    }  # fmt: skip
    return render(request, "consultations/outcomes.html", context)


def population(user, asked) -> tuple[OutcomeFilter, OutcomeQuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too."""
    rows = Outcome.objects.visible_to(user).sent().for_list().order_by("-sent_on", "-pk")
    found = OutcomeFilter(asked, queryset=rows)
    return found, found.qs if found.is_valid() else rows.none()


def found(user, pk: int) -> Outcome | None:
    return read_case(Outcome, pk, user)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    one, user = found(request.user, pk), request.user
    if one is None:
        return refusal_page(request, NotFound(), **to_list())
    roles = roles_on(one)
    topic = read_case(Topic, one.topic_id, user)
    items, instructions = section.items(one, user), section.instructions(one)
    one.has_instructions = any(row.voided_at is None for row in instructions)
    context = {
        "outcome": one, "topic": one.topic, "tone": tone_of(one.state), "items": items,
        "buttons": buttons(one, user, without=() if items else ("remove_item",)), "may_write": one.state == OutcomeState.DRAFT and bool(roles & {Role.OFFICE, Role.LEAD}),
        "versions": section.versions(one), "instructions": instructions, "files": section.files(one, instructions),
        "events": timeline.events(topic, ("outcome", one.pk)) if topic else [], "topic_is_seen": topic is not None,
        "crumbs": crumbs((str(one.topic), one.topic.get_absolute_url()) if topic else str(one.topic), str(one)),
    }  # fmt: skip
    return render(request, "consultations/outcome.html", context)


@require_safe
def as_docx(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(request.user, pk)
    if one is None:
        return refusal_page(request, NotFound(), **to_list())
    return as_file(paper.write(one), f"{one.title}.docx", DOCX)
