"""Who is told of an act: the act and the number go out of the house, the sentence (telling_words.py) stays in the inbox."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import Resolver404, resolve, reverse

from notices import kinds
from notices.recipients import Notice
from workflow.models import Event
from workflow.transition import process_named

from . import people
from .acts import ItemAct, PlanAct
from .kinds import Mode
from .models import Idea, Opinion, Outcome, Plan, Recommendation, Topic
from .telling_words import ASKED, DUE, FACTS, REASONS, WITHOUT_REASON, WORDS


def _called(plan: Plan) -> list:
    return [people.members(), people.in_house(), people.operators()]


def _plan_readers(plan: Plan) -> list:
    topics = Topic.objects.listed().filter(plan=plan).order_by()
    partners = Topic.units.through.objects.filter(topic__in=topics.values("pk")).values("organization_id")
    return [people.members(), people.in_house(), people.leaders(), people.of_units(partners)]


def _idea_author(idea: Idea) -> list:
    return (
        [[idea.person_id]] if idea.person_id else [people.holding([idea.organization_id], "head", "staff", "operator")]
    )


def _speakers(topic: Topic) -> list:
    return (
        [people.participants(topic)] if topic.mode == Mode.INVITED else [people.participants(topic), people.members()]
    )


def _signers(outcome: Outcome) -> list:
    topic = outcome.topic
    return [[topic.leader_id]] if topic.leader_id else [people.holding([topic.lead_id], "head")]


def _asked(case) -> list:
    rows = case.items if isinstance(case, Outcome) else None
    units = rows.order_by().values("unit") if rows is not None else [case.unit_id]
    return [people.of_units(units)]


def _dispatch(case) -> list:
    units = {item.unit for item in case.items.select_related("unit")} if isinstance(case, Outcome) else {case.unit}
    return [people.dispatch_for(units)]


def _topic(case) -> Topic:
    return case if isinstance(case, Topic) else case.topic


# The audiences named in the tables, each a list of sets of persons.
AUDIENCES = {
    "called": _called,
    "plan_readers": _plan_readers,
    "chairs": lambda plan: [people.chairs()],
    "idea_author": _idea_author,
    "lead": lambda case: [people.lead_of(_topic(case))],
    "leader": lambda case: [[_topic(case).leader_id]],
    "partners": lambda case: [people.partners(_topic(case))],
    "participants": lambda case: [people.participants(_topic(case))],
    "speakers": _speakers,
    "involved": lambda topic: [people.involved_people(topic).order_by().values("pk")],
    "uninvited": lambda topic: [],  # who they were stands in the event, see FROM_EVENT
    "former_unit": lambda item: [],
    "signers": _signers,
    "asked_units": _asked,
    "unit": _asked,
    "dispatch": _dispatch,
}
# Who has nothing to do with the case any more.
FROM_EVENT = {
    "uninvited": lambda event: [event.data.get("uninvited", ())],
    "former_unit": lambda event: [people.of_units([event.data.get("former_unit")])],
}
# Who learns of a topic when its plan is issued.
OUTSIDE = {"partners", "participants", "speakers"}
MODELS = {
    "consult_plan": Plan, "consult_idea": Idea, "topic": Topic, "consult_opinion": Opinion, "outcome": Outcome,
    "recommendation": Recommendation,
}  # fmt: skip


def notices_for(event: Event) -> list[Notice]:
    """One notice for each open account meant by the row's audiences, the actor left out."""
    case = MODELS[event.process].objects.for_acting().filter(pk=event.object_id).first()
    rows = process_named(event.process).rows_of(event.act)
    names = rows[0].notify if rows else ()
    if case is None or not names:
        return []
    return [notice for name in names for notice in _notices(name, case, event)]


def _notices(name: str, case, event: Event) -> Iterable[Notice]:
    key = (event.process, event.act)
    subject, body = f"{case.number}：{event.label}", _body(name, case, event)
    kind = kinds.ACT if (*key, name) in ASKED else kinds.INFO
    due_on = DUE[key](case) if key in DUE else None
    for pk in _users(name, case, event):
        yield Notice(
            pk, subject, body, _address(name, case, event), kind, urgent=event.act == ItemAct.URGE, act=event.label, number=case.number,
            due=f"{due_on:%Y-%m-%d}" if due_on else "",
        )  # fmt: skip


def _body(name: str, case, event: Event) -> str:
    key = (event.process, event.act)
    sentence = WORDS[key][name].format_map(_Facts(case))
    if event.reason and key in REASONS and (*key, name) not in WITHOUT_REASON:
        return f"{sentence}\n{REASONS[key]}：{event.reason}"
    return sentence


class _Facts(dict):
    """The words in braces, each looked up only when a sentence uses it."""

    def __init__(self, case):
        super().__init__()
        self.case = case

    def __missing__(self, name: str):
        return FACTS[name](self.case)


def _address(name: str, case, event: Event) -> str:
    """Where a reader goes on from the notice; the plan that asks for topics is still the house's own, and what another
    unit was given is closed to the former one."""
    if name == "former_unit":
        return reverse("consultations:items")
    return reverse("consultations:ideas") if event.act == PlanAct.CALL else case.get_absolute_url()


def _users(name: str, case, event: Event) -> Iterable[int]:
    if name in OUTSIDE and isinstance(case, Topic) and not case.is_issued:
        return  # they learn of a topic when its plan is issued
    sets = FROM_EVENT[name](event) if name in FROM_EVENT else AUDIENCES[name](case)
    for found in sets:
        keys = found if isinstance(found, QuerySet) else [pk for pk in found if pk]
        yield from people.accounts_of(keys).exclude(pk=event.actor_id)


PLACES = {
    "consultations:plan": (Plan, "year"),
    "consultations:idea": (Idea, "title"),
    "consultations:topic": (Topic, "title"),
    "consultations:outcome": (Outcome, "title"),
    "consultations:item": (Recommendation, "topic__title"),
}


def titles(user, urls: Iterable[str]) -> dict[str, str | None]:
    """Address → title of what is there, None where the user does not see it; other pages are left out."""
    places = {url: place for url in urls if (place := _place(url))}
    seen: dict[tuple[str, int], str] = {}
    for name, (model, title) in PLACES.items():
        ids = {pk for view, pk in places.values() if view == name}
        if ids:
            rows = model.objects.visible_to(user).filter(pk__in=ids).values_list("pk", title)
            seen |= {(name, pk): f"{text}年度协商计划" if model is Plan else text for pk, text in rows}
    return {url: seen.get(place) for url, place in places.items()}


def _place(url: str) -> tuple[str, int] | None:
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    return (match.view_name, match.kwargs["pk"]) if match.view_name in PLACES else None
