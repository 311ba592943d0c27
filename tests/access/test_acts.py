"""The matrix: every act × every state × everybody, against the tables in expected_acts.py."""

from contextlib import nullcontext
from functools import partial
from types import SimpleNamespace

import pytest
from django.db import transaction

from tests.counts import cells
from tests.workflow.traces import everything
from workflow import engine
from workflow.engine import perform
from workflow.errors import NotAllowed, NotFound, TooLate
from workflow.transition import all_processes

from . import cast, cast_matters, cast_opinions, consultations, expected_matters, expected_opinions
from . import expected_acts as expected

pytestmark = pytest.mark.django_db

ACTS = {
    "proposal": expected.PROPOSAL,
    "assignment": expected.ASSIGNMENT,
    "cosignature": expected.COSIGNATURE,
    "change_request": expected.CHANGE_REQUEST,
    "lead": expected.LEAD,
    "extension": expected.EXTENSION,
    "commitment": expected.COMMITMENT,
    "announcement": expected.ANNOUNCEMENT,
    "opinion": expected_opinions.OPINION,
    "opinion_transfer": expected_opinions.TRANSFER,
    **consultations.ACTS,
    "matter": expected_matters.MATTER,
}
SEES = {
    "proposal": expected.SEES_PROPOSAL,
    "assignment": expected.SEES_ASSIGNMENT,
    "cosignature": expected.SEES_COSIGNATURE,
    "change_request": expected.SEES_CHANGE_REQUEST,
    "lead": expected.SEES_LEAD,
    "extension": expected.SEES_EXTENSION,
    "commitment": expected.SEES_COMMITMENT,
    "announcement": expected.SEES_ANNOUNCEMENT,
    "opinion": expected_opinions.SEES_OPINION,
    "opinion_transfer": expected_opinions.SEES_TRANSFER,
    **consultations.SEES,
    "matter": expected_matters.SEES_MATTER,
}
STATES = {
    "proposal": expected.PROPOSAL_STATES.split(),
    "assignment": expected.ASSIGNMENT_STATES.split(),
    "cosignature": expected.COSIGNATURE_STATES.split(),
    "change_request": expected.CHANGE_REQUEST_STATES.split(),
    "lead": expected.LEAD_STATES.split(),
    "extension": expected.EXTENSION_STATES.split(),
    "commitment": expected.COMMITMENT_STATES.split(),
    "announcement": expected.ANNOUNCEMENT_STATES.split(),
    "opinion": expected_opinions.OPINION_STATES.split(),
    "opinion_transfer": expected_opinions.TRANSFER_STATES.split(),
    **consultations.STATES,
    "matter": expected_matters.MATTER_STATES.split(),
}


def test_every_process_act_and_state_has_its_expectation():
    assert {p.name for p in all_processes()} == ACTS.keys()
    for process in all_processes():
        assert set(process.acts) == ACTS[process.name].keys()
        assert set(process.states.values) == set(STATES[process.name])


def test_every_role_of_the_tables_is_played():
    """A role without an actor in the cast would never be tried."""
    played = {"owner", "merged_cosigner", "foreign_operator", "foreign_dispatch", "stranger", "administrator"}
    for name, process in ((p.name, p) for p in all_processes()):
        roles = {str(role) for row in process.transitions for role in row.roles}
        assert roles - SEES[name].keys() - {"system"} == set(), name
        assert SEES[name].keys() - set(process.roles.values) - played - {"lead_operator"} == set(), name


def expectation(acts: dict, act: str, state: str, role: str, sees: dict) -> str:
    seen = sees.get(role, expected.ALL)
    if role != "system" and seen != expected.ALL and state not in seen.split():
        return "not_found"
    allowed = acts[act]
    if state in allowed.get(role, "").split():
        return "may"
    somebody = any(state in states.split() for states in allowed.values())
    return "too_late" if role in allowed and not somebody else "not_allowed"


OUTCOMES = {NotFound: "not_found", NotAllowed: "not_allowed", TooLate: "too_late"}


def denied(act: str, case, actor) -> str:
    """The kind of refusal; "" when the act went as far as the form, the guard or its effect."""
    try:
        perform(act, case, actor, {})
    except (NotFound, NotAllowed, TooLate) as refused:
        return OUTCOMES[type(refused)]
    except Exception:
        return ""  # the scene is a row in every state, not a case with a past; how acts end is tested elsewhere
    return ""


def matrix(scene: cast.Scene, monkeypatch, sees=None, acts=None, states=None) -> list[str]:
    """The cells that differ from what is expected, as "act state role: expected, got".

    What a person sees of the case in a state is read once, by the engine's own code, for all denied acts; as these
    ask nothing more of the database, they have no savepoint each. One that went on would be seen in `everything`.
    """
    name, wrong = scene.case.process_name, []
    sees, acts = sees or SEES[name], acts or ACTS[name]
    wanted_of = partial(_wanted, acts, sees)
    tried = cells(
        states or STATES[name], list(scene.actors), lambda state, role: tuple(wanted_of(state, role).values())
    )
    for state in states or STATES[name]:
        type(scene.case)._base_manager.filter(pk=scene.case.pk).update(state=state)
        before = everything()
        for role in [role for one, role in tried if one == state]:
            actor = scene.actors[role]
            with monkeypatch.context() as patched:
                patched.setattr(engine, "_locked", once(engine._locked))
                patched.setattr(engine, "transaction", SimpleNamespace(atomic=nullcontext))
                wanted = wanted_of(state, role)
                got = {act: denied(act, scene.case, actor) for act, want in wanted.items() if want != "may"}
            got |= {act: "may" for act, want in wanted.items() if want == "may" and allowed(act, scene.case, actor)}
            wrong += [f"{a} {state} {role}: {w}, got {got.get(a)}" for a, w in wanted.items() if w != got.get(a)]
        assert everything() == before, state
    return wrong


def _wanted(acts: dict, sees: dict, state: str, role: str) -> dict[str, str]:
    return {act: expectation(acts, act, state, role, sees) for act in acts}


def allowed(act: str, case, actor) -> bool:
    with transaction.atomic():
        refusal = denied(act, case, actor)
        transaction.set_rollback(True)
    return refusal == ""


def once(read):
    """`read`, or what it raised, kept after the first call."""
    kept = []

    def again(*args):
        if not kept:
            try:
                kept.append(read(*args))
            except NotFound as error:
                kept.append(error)
        if isinstance(kept[0], NotFound):
            raise NotFound
        return kept[0]

    return again


@pytest.mark.parametrize("collective", [False, True], ids=["personal", "collective"])
def test_proposal(c, collective, monkeypatch):
    assert matrix(cast.proposal_scene(c, collective), monkeypatch) == []


@pytest.mark.parametrize("collective", [False, True], ids=["personal", "collective"])
def test_assignment(c, collective, monkeypatch):
    assert matrix(cast.assignment_scene(c, collective), monkeypatch) == []


def test_merged(c, monkeypatch):
    """Whoever holds the main case reads what was merged into it and holds no role there by which to act."""
    parts = {"author": "merged_author", "cosigner": "merged_cosigner", "dispatch": "", "foreign_dispatch": ""}
    acts = {act: {parts.get(r, r): s for r, s in roles.items()} for act, roles in expected.PROPOSAL.items()}
    assert matrix(cast.merged_scene(c), monkeypatch, expected.SEES_MERGED, acts, ["merged"]) == []


def test_open_to_support(c, monkeypatch):
    """附议 is for members in office who have not signed, while the proposal is under review."""
    states = ["submitted", "reviewed", "returned", "filed"]
    assert matrix(cast.supported_scene(c), monkeypatch, states=states) == []


def test_cosignature(c, monkeypatch):
    assert matrix(cast.cosignature_scene(c), monkeypatch) == []


@pytest.mark.parametrize("collective", [False, True], ids=["personal", "collective"])
def test_change_request(c, collective, monkeypatch):
    assert matrix(cast.change_request_scene(c, collective), monkeypatch) == []


def test_lead(c, monkeypatch):
    assert matrix(cast.lead_scene(c), monkeypatch) == []


def test_extension(c, monkeypatch):
    assert matrix(cast.extension_scene(c), monkeypatch) == []


@pytest.mark.parametrize("collective", [False, True], ids=["personal", "collective"])
def test_commitment(c, collective, monkeypatch):
    assert matrix(cast.commitment_scene(c, collective), monkeypatch) == []


def test_announcement(c, monkeypatch):
    assert matrix(cast.announcement_scene(c), monkeypatch) == []


def test_opinion(c, monkeypatch):
    assert matrix(cast_opinions.report_scene(c), monkeypatch) == []


def test_opinion_transfer(c, monkeypatch):
    assert matrix(cast_opinions.transfer_scene(c), monkeypatch) == []


@pytest.mark.parametrize("name", consultations.ACTS)
def test_consultations(c, name, monkeypatch):
    assert matrix(consultations.scene(c, name), monkeypatch) == []


def test_matter(c, monkeypatch):
    assert matrix(cast_matters.matter_scene(c), monkeypatch) == []
