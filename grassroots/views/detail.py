"""One matter: what it is about, how it stands, what was agreed, and what this reader may do with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from deadlines import book as books
from documents import form_files
from grassroots import attachments, rights
from grassroots.acts import Act
from grassroots.history import timeline
from grassroots.kinds import Progress
from grassroots.models import Matter
from grassroots.record import record, with_items
from grassroots.releasing import TO_TELL
from grassroots.roles import KEEPERS, Role
from grassroots.states import TONES, State
from grassroots.todo import sign_of
from grassroots.venues import with_holders
from members.periods import today
from members.posts import posts_of
from workflow.engine import Option, available
from workflow.errors import NotFound
from workflow.querysets import read_case, roles_on
from workflow.views import refusal_page

from .crumbs import crumbs
from .similar import COMPARING

# Codes of refusals that mean "not for this matter": no button for those.
POINTLESS = {
    "no_upper", "no_lower", "not_released", "not_from_citizen", "nobody_to_urge", "rated", "rating_over", "not_taken",
}  # fmt: skip
# What is done once in a while stands folded below the next step.
SELDOM = {
    Act.NOTE, Act.PASS_UP, Act.PASS_DOWN, Act.MOVE_ON, Act.GO_OFFLINE, Act.UNRELEASE, Act.CONSULT_AGAIN, Act.EXTEND,
    Act.DECLINE, Act.RECONSIDER, Act.RATE_FOR,
}  # fmt: skip
# What may be done at any time is not the next step.
BESIDE = {Act.ADD_FILES, Act.RELEASE, Act.URGE}


def found(user, pk: int) -> Matter | None:
    return read_case(Matter, pk, user, rows="for_page")


def not_found(request: HttpRequest) -> HttpResponse:
    return refusal_page(request, NotFound(), back_href=reverse("grassroots:list"), back_label="返回有事好商量")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    matter = found(request.user, pk)
    if matter is None:
        return not_found(request)
    with_items(matter)
    with_holders([matter])
    roles = roles_on(matter)
    options = [option for option in available(matter, request.user) if _makes_sense(option, matter, request.user)]
    colour, word = sign_of(matter, books.load())
    events = timeline(matter)
    context = {
        "matter": matter, "tone": TONES[matter.state], "colour": colour or "none", "word": word,
        "days": (matter.due_on - today()).days if matter.due_on else None,
        "keeps": bool(roles & set(KEEPERS)), "is_bringer": Role.BRINGER in roles,
        "main_act": next((o for o in _acts(options, seldom=False) if not o.blocked and o.act not in BESIDE), None),
        "next_acts": _acts(options, seldom=False), "other_acts": _acts(options, seldom=True),
        "may_compare": bool(roles & COMPARING) and matter.state in State.BEFORE_ASSIGNING,
        "files": [form_files.entry(file) for file in attachments.of_matter(pk)],
        "events": events, "is_outdated": _is_outdated(matter, options, events), "crumbs": crumbs(matter.receipt), **record(matter, roles),
    }  # fmt: skip
    return render(request, "grassroots/detail.html", context)


def _makes_sense(option: Option, matter: Matter, user) -> bool:
    """Not what can never work for this matter, nor a report of a unit that has done its part."""
    if option.blocked and option.blocked.code in POINTLESS:
        return False
    if option.act != Act.REPORT or roles_on(matter) & {*KEEPERS, Role.HOUSE}:
        return True
    mine = rights.units(posts_of(user))
    return any(item.unit_id in mine and item.progress == Progress.RUNNING for item in matter.items.all())


def _is_outdated(matter: Matter, options: list[Option], events: list[dict]) -> bool:
    """Whether whoever may release it has something new to tell: what was agreed, done or answered since."""
    release = matter.current_release
    if release is None or not any(option.act == Act.RELEASE and not option.blocked for option in options):
        return False
    labels = {state.label for state in TO_TELL}
    return any(event["to_label"] in labels and event["when"] > release.released_at for event in events)


def _acts(options: list[Option], seldom: bool) -> list[Option]:
    return [option for option in options if (option.act in SELDOM) == seldom]
