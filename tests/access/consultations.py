"""The plan of a year, its topics and what comes of them: who sees each in which state, who may do what."""

from consultations.models import Idea, Opinion, Outcome, Plan, Recommendation, Topic
from tests.factories import consultations as make
from tests.factories import people
from tests.factories.county import County
from workflow.actors import SYSTEM

from .cast import Scene

ALL = "*"
PLAN = "draft consulting chairmen standing approved issued dropped"
IDEA = "waiting selected reserved declined withdrawn"
TOPIC = "waiting preparing held tracking closed cancelled dropped"
OPINION, OUTCOME, ITEM = (
    "draft submitted",
    "draft submitted signed sent dropped",
    "waiting doing reported done declined",
)
STATES = {
    "consult_plan": PLAN.split(), "consult_idea": IDEA.split(), "topic": TOPIC.split(), "consult_opinion": OPINION.split(),
    "outcome": OUTCOME.split(), "recommendation": ITEM.split(),
}  # fmt: skip
LIVE = "draft consulting chairmen standing approved issued"
NOT_WITHDRAWN = "waiting selected reserved declined"
LISTED = "waiting preparing held tracking closed cancelled"
NOBODY = {"stranger": "", "administrator": ""}

SEES = {
    "consult_plan": {
        "office": ALL, "house": LIVE, "overseer": "consulting chairmen standing approved issued", "dispatch": "issued",
        "operator": "issued", "unit_leader": "issued", "member": "issued", **NOBODY,
    },
    "consult_idea": {"office": NOT_WITHDRAWN, "house": NOT_WITHDRAWN, "author": ALL, **NOBODY},
    "topic": {
        "office": ALL, "lead": ALL, "lead_head": ALL, "house": LISTED, "leader": LISTED, "overseer": LISTED,
        "dispatch": LISTED, "operator": LISTED, "unit_leader": LISTED, "participant": LISTED, "member": LISTED, **NOBODY,
    },
    "consult_opinion": {
        "author": ALL, "office": "submitted", "lead": "submitted", "leader": "submitted", "participant": "submitted",
        "member": "submitted", **NOBODY,
    },
    "outcome": {
        "office": ALL, "lead": ALL, "lead_head": ALL, "leader": ALL, "house": "sent", "overseer": "sent",
        "participant": "sent", "operator": "sent", "unit_leader": "sent", "dispatch": "sent", **NOBODY,
    },
    "recommendation": {
        "office": ALL, "lead": ALL, "lead_head": ALL, "leader": ALL, "house": ALL, "overseer": ALL, "participant": ALL,
        "operator": ALL, "unit_leader": ALL, "dispatch": ALL, "foreign_operator": "", **NOBODY,
    },
}  # fmt: skip


def office(states: str) -> dict[str, str]:
    return {"office": states}


def leads(states: str) -> dict[str, str]:
    """The office, the committee's clerk and its head, who holds both of its roles."""
    return {"office": states, "lead": states, "lead_head": states}


def signers(states: str) -> dict[str, str]:
    return {"leader": states, "lead_head": states}


def offices(states: str) -> dict[str, str]:
    return {**leads(states), "dispatch": states}


UNDER_WAY, OPEN_PLAN = "preparing held tracking", "draft consulting chairmen standing"
ACTS = {
    "consult_plan": {
        "open": {"office": ""}, "write": office(OPEN_PLAN), "call": office("draft"), "consult": office("draft"),
        "record_view": office("consulting"), "submit": office("consulting"), "pass_chairmen": office("chairmen"),
        "pass_standing": office("standing"), "issue": office("approved"),
        "send_back": office("consulting chairmen standing approved"), "drop": office("draft"),
    },
    "consult_idea": {
        "suggest": {"system": ""}, "select": {"office": "waiting reserved", "system": "waiting reserved"},
        "reserve": office("waiting"), "decline": office("waiting reserved"), "reconsider": office("reserved declined"),
        "withdraw": {"author": "waiting"},
    },
    "topic": {
        "open": leads(""), "revise": leads("waiting"), "drop": leads("waiting"), "adjust": office("waiting preparing"),
        "cancel": office("waiting preparing"), "name_units": leads("waiting preparing held tracking"), "start": leads("waiting preparing"),
        "set_date": leads("preparing"), "invite": leads("preparing"), "send_notice": leads("preparing"),
        "send_materials": leads("preparing"), "add_survey": leads(UNDER_WAY), "add_file": leads(UNDER_WAY),
        "uninvite": leads("preparing"), "correct_survey": leads(UNDER_WAY), "correct_meeting": leads("held tracking"),
        "correct_speech": leads("held tracking"),
        "ask_opinions": leads("preparing"), "stop_opinions": leads("preparing"), "group": leads("preparing held"),
        "hold": leads("preparing held"), "record_speech": leads("held tracking"), "issue_minutes": leads("held tracking"),
        "draft_outcome": leads(UNDER_WAY), "report": {"system": UNDER_WAY}, "feed_back": leads("tracking"),
        "close": leads("tracking"), "succeed": {"system": "waiting preparing held tracking"}, "redate": {"system": "preparing held tracking"},
    },
    "consult_opinion": {
        "submit": {"author": "draft"}, "take_back": {"author": "submitted"}, "convert": {"author": "draft submitted"},
    },
    "outcome": {
        "add_item": leads("draft"), "remove_item": leads("draft"), "submit": leads("draft"),
        "return": signers("submitted signed"), "sign": signers("submitted"), "send": leads("signed"),
        "instruct": {**leads("sent"), "leader": "sent", "overseer": "sent"}, "void": leads("sent"),
        "drop": leads("draft"),
    },
    "recommendation": {
        "answer": {"operator": "waiting"}, "progress": {"operator": "doing"}, "postpone": {"operator": "doing"},
        "report_done": {"operator": "doing"}, "confirm": offices("reported"), "not_done": offices("reported"),
        "urge": offices("waiting doing"), "ask_again": leads("declined"), "reassign": leads("waiting doing reported"),
        "convert": {"participant": ITEM},
    },
}  # fmt: skip


def scene(c: County, name: str) -> Scene:
    """One case of the process with everybody who stands in a relation to it, and some who do not."""
    cast = _cast(c)
    case = {
        "consult_plan": _plan, "consult_idea": _idea, "topic": _topic, "consult_opinion": _opinion, "outcome": _outcome,
        "recommendation": _item,
    }[name](c)  # fmt: skip
    played = {role: actor for role, actor in cast.items() if role in SEES[name]}
    return Scene(case, {**played, "system": SYSTEM})


def _cast(c: County) -> dict:
    h = make.house(c)
    other = people.organization("committee", "经济委员会")
    return {
        "office": h.office, "lead": c.staff, "lead_head": c.head, "house": people.holder(other, "staff", "石磊"),
        "leader": h.chair, "overseer": people.holder(people.organization("leadership", "县政府"), "leader", "林志远"),
        "dispatch": c.dispatch, "operator": c.operator, "unit_leader": c.leader, "participant": c.author,
        "member": c.other_member, "author": c.cosigner, "foreign_operator": c.third_operator,
        "stranger": people.user("外人"), "administrator": c.administrator,
    }  # fmt: skip


def _plan(c: County) -> Plan:
    plan = make.plan(c)
    make.topic(c, plan)
    return plan


def _idea(c: County) -> Idea:
    return make.idea(c, make.plan(c), c.cosigner)


def _topic(c: County) -> Topic:
    return make.preparing(c)


def _opinion(c: County) -> Opinion:
    return make.opinion(make.asking(c, mode="open"), c.cosigner)


def _outcome(c: County) -> Outcome:
    return make.outcome(c, make.held(c))


def _item(c: County) -> Recommendation:
    return make.sent(c).items.get()
