"""议题: the list with what one may speak to on top, one topic from plan to feedback, a new one, its minutes."""

from uuid import uuid4

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from consultations import drafting, opening, timeline
from consultations.forms.filters import PageTopicFilter
from consultations.forms.topic import NewTopicForm
from consultations.kinds import Form, Mode
from consultations.models import Idea, Meeting, Opinion, Participant, Topic
from consultations.papers import minutes as minutes_paper
from consultations.querysets import TopicQuerySet
from consultations.sections import topic as section
from consultations.states import OpinionState, tone_of
from deadlines import book as books
from exports.lists import asking
from members.directory import applied
from members.periods import today
from members.posts import posts_of
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.querysets import read_case
from workflow.views import refusal_page

from .acts import part_of
from .crumbs import buttons, crumbs, tabs
from .plans import DOCX, as_file

PER_PAGE, SPEAKING = 30, 6
# Their links stand with the rows that they put right.
CORRECTIONS = ("correct_survey", "correct_meeting", "correct_speech")


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    found, rows = population(user, request.GET)
    page = Paginator(rows, PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    for row in page.object_list:
        row.tone, row.form_label = tone_of(row.state), Form(row.form).label
    context = {
        "filter": found, "page": page, "params": request.GET, "applied": applied(found.form, request.GET),
        "speaking": to_speak(user), "may_open": opening.leads_of(user) != [], "tabs": tabs(user, "topics"),
        "crumbs": crumbs()[:1] + [("协商议政", "")],
    }  # fmt: skip
    return render(request, "consultations/topics.html", context)


def population(user, asked) -> tuple[PageTopicFilter, TopicQuerySet]:
    """The filter and what it finds, as the list shows it; the export of the list asks here too."""
    found = PageTopicFilter(asked, queryset=Topic.objects.visible_to(user), request=asking(user))
    rows = found.qs if found.is_valid() else Topic.objects.none()
    return found, rows.for_list().order_by("-year", "kind__order", "month", "serial")


def to_speak(user) -> list[Topic]:
    """What a member may speak to now, the first to close in front; one query."""
    posts = posts_of(user)
    if not posts.person_id:
        return []
    invited = Exists(Participant.objects.filter(topic=OuterRef("pk"), person=posts.person_id))
    said = Exists(Opinion.objects.filter(topic=OuterRef("pk"), person=posts.person_id, state=OpinionState.SUBMITTED))
    rows = Topic.objects.for_acting().collecting(today()).annotate(invited=invited, said=said)
    rows = rows if posts.is_member else rows.filter(invited)
    rows = rows.exclude(mode=Mode.INVITED) | rows.filter(mode=Mode.INVITED, invited=True)
    return list(rows.order_by("said", "opinions_until", "pk")[:SPEAKING])


def found(user, pk: int) -> Topic:
    """With all that its page and its buttons ask. Raises NotFound."""
    topic = read_case(Topic, pk, user, rows="for_page")
    if topic is None:
        raise NotFound
    return topic


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        topic = found(request.user, pk)
    except Refused as refused:
        return refusal_page(request, refused, **to_list())
    user, book = request.user, books.load()
    reader = section.Reader.of(user, topic)
    acts, people = buttons(topic, user), section.names(topic, reader)
    said = section.said(topic, reader)
    items, outcomes = section.items(topic, user), section.outcomes(topic, user)
    seen = {"recommendation": {row.pk for row in items}, "outcome": {row.pk for row in outcomes}}
    context = {
        "topic": topic, "reader": reader, "tone": tone_of(topic.state), "form_label": Form(topic.form).label,
        "units": people.get((section.UNITS, topic.pk), []), "buttons": [b for b in acts if b["act"] not in CORRECTIONS],
        "corrections": {b["act"]: b["url"] for b in acts if b["act"] in CORRECTIONS},
        "opinions": said.groups, "mine": said.mine, "may_speak": drafting.may_speak(topic, user), "items": items, "outcomes": outcomes,
        "events": timeline.events(topic, seen=seen),
        "crumbs": crumbs(str(topic)),
        **(_for_who_takes_part(topic, book, people) if reader.takes_part else {}),
    }  # fmt: skip
    return render(request, "consultations/topic.html", context)


def _for_who_takes_part(topic: Topic, book, people: dict) -> dict:
    work = section.work(topic, book, people)
    return {
        "due_lines": section.due_lines(topic, book), "meetings": work.meetings, "surveys": work.surveys, "files": work.files,
        "participants": people.get((section.INVITED, topic.pk), []),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """In a plan or beside it; `?plan=` and `?idea=` fill in from where one came."""
    leads = opening.leads_of(request.user)
    if leads == []:
        refused = NotAllowed("议题由政协办公室和各专委会立题。", "有建议的，请用“提出议题”。")
        return refusal_page(request, refused, **to_list())
    form = NewTopicForm(request.POST or None, leads=leads, initial=_initial(request, leads))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(opening.open_topic(request.user, form.cleaned_data, _form_key(request)))
        except Refused as refused:
            form.add_error(None, f"{refused.sentence}{refused.next_step}")
    context = {
        "form": form, "parts": [part_of(bound) for bound in form], "crumbs": crumbs("立题"),
        "form_key": _form_key(request) or uuid4().hex,
    }  # fmt: skip
    return render(request, "consultations/new_topic.html", context, status=400 if form.is_bound else 200)


def _form_key(request: HttpRequest) -> str:
    """What marks this one form; "" for one that was not made here."""
    given = request.POST.get("form_key", "")
    return given if len(given) == 32 and given.isascii() and given.isalnum() else ""


def _initial(request: HttpRequest, leads: list[int] | None) -> dict:
    start = {"year": today().year, "lead": leads[0] if leads else None}
    plan, key = request.GET.get("plan", ""), request.GET.get("idea", "")
    if plan.isascii() and plan.isdigit() and len(plan) < 18:
        start["plan"] = int(plan)
    idea = Idea.objects.visible_to(request.user).filter(pk=int(key)).first() if _is_key(key) else None
    if idea is not None:
        start |= {"plan": idea.plan_id, "title": idea.title, "background": idea.because, "ideas": [idea.pk]}
    return start


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


@require_safe
def minutes(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """The paper of one meeting, for those who took part."""
    try:
        topic = found(request.user, pk)
    except Refused as refused:
        return refusal_page(request, refused, **to_list())
    row = Meeting.objects.filter(pk=meeting, topic=topic).select_related("topic").first()
    if row is None or not section.Reader.of(request.user, topic).takes_part:
        return refusal_page(request, NotFound(), back_href=topic.get_absolute_url(), back_label="返回这个议题")
    return as_file(minutes_paper.write(row), f"协商会议纪要-{row.on:%Y%m%d}.docx", DOCX)


def to_list() -> dict:
    return {"back_href": reverse("consultations:topics"), "back_label": "返回协商议政"}
