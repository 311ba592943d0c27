"""A case's state is written in workflow/ and nowhere else, whichever way of writing is tried."""

import ast

import pytest

from workflow.transition import all_processes

from .sources import modules, name_of

# Not cases: a message on its way has a state of its own.
NOT_CASES = {"notices/resend.py", "notices/sending.py"}
# A case begins in the first state of its life (one split from another was submitted with it); where it goes from there
# only the engine says.
FIRST_STATES = {"DRAFT", "SUBMITTED", "AWAITING_SIGN", "INVITED", "PENDING", "WAITING"}
# `version` also counts saved texts, so that a page knows it is out of date.
COUNT_SAVES = {
    "proposals/drafting.py",
    "proposals/replies.py",
    "consultations/drafting.py",
}


def outside_the_engine(word: str):
    return [(path, tree) for path, tree in modules(word=word) if not path.startswith("workflow/")]


def assigned(tree: ast.AST):
    """Every name of an attribute that is assigned to, deleted or set by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.attr
        if isinstance(node, ast.Call) and name_of(node.func) in ("setattr", "__setattr__", "delattr"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))


def calls(tree: ast.AST, *names: str):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node.func) in names]


def writers(field: str, tree: ast.AST) -> bool:
    by_keyword = any(
        keyword.arg == field for call in calls(tree, "update", "write", "update_or_create") for keyword in call.keywords
    )
    in_bulk = any(
        isinstance(node, ast.Constant) and node.value == field
        for call in calls(tree, "bulk_update", "save")
        for node in ast.walk(call)
    )
    return field in assigned(tree) or by_keyword or in_bulk


def test_nobody_else_writes_a_state():
    found = {path for path, tree in outside_the_engine("state") if writers("state", tree)}
    assert found == NOT_CASES


def test_nobody_else_counts_versions():
    found = {path for path, tree in outside_the_engine("version") if writers("version", tree)}
    assert found == COUNT_SAVES


def test_a_case_is_made_in_its_first_state():
    models = {process.model.__name__ for process in all_processes()}
    made = {
        name_of(keyword.value)
        for _path, tree in outside_the_engine("state")
        for call in calls(tree, *models)
        for keyword in call.keywords
        if keyword.arg == "state"
    }
    assert made == FIRST_STATES


@pytest.mark.parametrize(
    "way",
    [
        "case.state = 'filed'", "case.state, other = pair", "case.state += 'x'", "case.state: str = 'filed'",
        "for case.state in states: pass", "with lock as case.state: pass", "setattr(case, 'state', new)",
        "rows.update(state=new)", "rows.bulk_update(cases, ['state'])", "case.save(update_fields=['state'])",
        "step.write(state=new)", "rows.update_or_create(pk=1, state=new)", "del case.state",
    ],
)  # fmt: skip
def test_this_test_sees_every_way(way):
    assert writers("state", ast.parse(way))
