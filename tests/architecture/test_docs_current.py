"""What is generated from the tables is current, and the tables themselves hang together."""

import ast

import pytest

from announcements import telling as announcements
from consultations import telling as consultations
from grassroots import telling as grassroots
from opinions import telling as opinions
from proposals.audiences import AUDIENCES
from tests.factories import people
from workflow.actors import SYSTEM
from workflow.drawing import draw
from workflow.transition import Process, all_processes

from .sources import ROOT, modules, name_of

PROCESSES = all_processes()
REFUSALS = {"Refused", "NotAllowed", "TooLate"}


def each_process(test):
    return pytest.mark.parametrize("process", PROCESSES, ids=[process.name for process in PROCESSES])(test)


def test_the_drawing_is_current():
    drawn = (ROOT / "docs" / "workflow.md").read_text(encoding="utf-8")
    assert drawn == draw(), "请执行 manage.py draw_workflow"


def leads_to(row, state: str) -> set[str]:
    """The states to which the row leads from this one."""
    if callable(row.target):
        return set(row.target.targets)
    return {row.target or state}


def beginnings(process: Process) -> set[str]:
    """The states in which a case begins in the portal itself; children begin in the first of their enum too."""
    opening = [row.target for row in process.transitions if not row.sources and not callable(row.target)]
    first = process.states.values[:1] if process.model.parent_field or not opening else []
    return {*opening, *first}


@each_process
def test_every_state_can_be_reached(process):
    reached, new = set(), beginnings(process)
    while new:
        reached |= new
        new = {to for state in new for row in process.from_state(state) for to in leads_to(row, state)} - reached
    assert reached == set(process.states.values)


@each_process
def test_every_state_has_an_exit_or_is_final(process):
    stuck = {
        state for state in process.states.values
        if all(leads_to(row, state) == {state} for row in process.from_state(state))
    }  # fmt: skip
    assert stuck - set(process.states.FINISHED) == set()


@each_process
def test_every_target_and_source_is_a_state(process):
    used = {state for row in process.transitions for state in row.sources}
    for row in process.transitions:
        used |= leads_to(row, "") - {""}
    assert used - set(process.states.values) == set()


@each_process
def test_an_act_has_one_label_and_no_row_twice(process):
    keys = [(row.act, source) for row in process.transitions for source in row.sources or ("",)]
    assert len(keys) == len(set(keys))
    labels = {(row.act, row.label) for row in process.transitions}
    assert len(labels) == len(process.acts)


@each_process
def test_a_function_that_gives_the_target_says_which(process):
    computed = [row.target for row in process.transitions if callable(row.target)]
    assert all(target.targets for target in computed)


@pytest.mark.django_db
@each_process
def test_every_role_of_the_table_has_a_clause(process):
    """Who acts is asked of the case, who sees the event in the timeline of its root."""
    clauses = process.model.role_clauses(people.user())
    readers = process.model.root_model().role_clauses(people.user())
    assert {role for row in process.transitions for role in row.roles} - clauses.keys() - {SYSTEM.role} == set()
    assert {role for row in process.transitions for role in row.seen_by} - readers.keys() == set()
    assert set(clauses) - set(process.roles.values) == set()


def test_every_audience_exists_and_is_used():
    named = {name for process in PROCESSES for row in process.transitions for name in row.notify}
    apps = (announcements, consultations, grassroots, opinions)
    assert named == AUDIENCES.keys() | {name for app in apps for name in app.AUDIENCES}


def refusals():
    """Every refusal that is made in the code: (place, its next step or None)."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name_of(node.func) in REFUSALS and node.args:
                given = {keyword.arg: keyword.value for keyword in node.keywords}
                step = node.args[1] if len(node.args) > 1 else given.get("next_step")
                yield f"{path}:{node.lineno}", step


def test_no_refusal_is_without_a_next_step():
    silent = [place for place, step in refusals() if step is None or getattr(step, "value", True) == ""]
    assert silent == []
