"""协商成果: one outcome with its versions, recommendations and 批示, and as a paper."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations import attachments, timeline
from consultations.attachments import READS_INSTRUCTIONS
from consultations.forms.filters import OutcomeFilter
from consultations.models import Instruction, Outcome, Recommendation, Topic
from consultations.papers import outcome as paper
from consultations.querysets import OutcomeQuerySet
from consultations.roles import Role
from consultations.states import OutcomeState, tone_of
from documents import form_files
from documents.models import Attachment
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
    items = list(one.items.select_related("unit", "topic").order_by("position"))
    mine = set(Recommendation.objects.visible_to(user).filter(outcome=one).values_list("pk", flat=True))
    for item in items:
        item.tone, item.is_seen = tone_of(item.state), item.pk in mine
    inside = bool(roles & {Role.OFFICE, Role.LEAD, Role.LEAD_HEAD, Role.LEADER})
    instructions = _instructions(one, roles)
    one.has_instructions = any(row.voided_at is None for row in instructions)
    context = {
        "outcome": one, "topic": one.topic, "tone": tone_of(one.state), "items": items, "inside": inside,
        "buttons": buttons(one, user, without=() if items else ("remove_item",)), "may_write": one.state == OutcomeState.DRAFT and bool(roles & {Role.OFFICE, Role.LEAD}),
        "versions": list(one.versions.order_by("-serial")) if inside else [],
        "instructions": instructions, "reads_instructions": bool(roles & READS_INSTRUCTIONS),
        "files": [form_files.entry(file) for file in Attachment.objects.of(attachments.OUTCOME, one.pk)],
        "events": timeline.events(topic, ("outcome", one.pk)) if topic else [], "topic_is_seen": topic is not None,
        "crumbs": crumbs((str(one.topic), one.topic.get_absolute_url()) if topic else str(one.topic), str(one)),
    }  # fmt: skip
    return render(request, "consultations/outcome.html", context)


def _instructions(one: Outcome, roles) -> list[Instruction]:
    """What was entered wrongly stays to be seen by those who keep the record."""
    rows = one.instructions.order_by("on", "pk")
    return list(rows if roles & {Role.OFFICE, Role.LEAD} else rows.valid())


@require_safe
def as_docx(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(request.user, pk)
    if one is None:
        return refusal_page(request, NotFound(), **to_list())
    return as_file(paper.write(one), f"{one.title}.docx", DOCX)
