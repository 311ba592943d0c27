"""Whatever people do, in whatever order: every invariant and every chain holds after each act."""

import pytest

from proposals import invariants
from proposals.models import Proposal
from tests.workflow.traces import everything
from workflow.chain import faults
from workflow.models import Event

from . import walk

pytestmark = pytest.mark.django_db

# What an act may change of a proposal's co-signers and of its files; all others leave them alone.
CHANGES_COSIGNERS = {"agree", "support", "withdraw_support"}
CHANGES_FILES = {"add_file", "rate_by_proxy"}


def chains_are_whole() -> list[str]:
    found, of_case = [], {}
    for event in Event.objects.filter(case_process="proposal").order_by("case_id", "sequence"):
        of_case.setdefault(event.case_id, []).append(event)
    for pk, count, head in Proposal.objects.values_list("pk", "events_count", "events_head"):
        found += [f"{pk}: {fault}" for fault in faults(of_case.get(pk, []), count, head)]
    return found


def check_step(done: walk.Done, before: dict, rows: dict) -> tuple[dict, dict]:
    """Returns what is there after the step, as `before` and `rows` of the next."""
    after, now = walk.belongings(), everything()
    if done.code:
        # A form may come with a file that was uploaded before; it waits and belongs to nothing.
        waiting = {"documents_attachment": ""}
        assert {**now, **waiting} == {**rows, **waiting}, "a refusal changed something"
        assert after == before
        return after, now
    cosigners = {pk for pk in after if pk in before and after[pk][0] != before[pk][0]}
    files = {pk for pk in after if pk in before and after[pk][1] != before[pk][1]}
    assert not cosigners or done.act in CHANGES_COSIGNERS
    if done.act == "move_offline":
        assert [after[pk][1] for pk in files] == [frozenset()] * (done.case.pk in files), "a stub keeps no file"
    else:
        assert not files or done.act in CHANGES_FILES
    assert [str(fault) for fault in invariants.faults()] == []
    assert chains_are_whole() == []
    return after, now


def stroll(seed: int, steps: int, monkeypatch) -> walk.Walk:
    """So many steps, everything checked after each; a fault is told with the way that led to it."""
    way = walk.begin(seed, monkeypatch)
    before, rows = walk.belongings(), everything()
    for turn in range(steps):
        done = way.step()
        try:
            before, rows = check_step(done, before, rows)
        except AssertionError as error:
            tail = "\n".join(str(done) for done in way.trail[-15:])
            raise AssertionError(f"seed {seed}, step {turn}: {done}\n{error}\n{tail}") from error
    return way


@pytest.mark.timeout(300)
def test_hundreds_of_acts(monkeypatch):
    way = stroll(1, 200, monkeypatch)
    assert len([done for done in way.trail if not done.code]) > 100
    assert [done for done in way.trail if done.act == "send" and not done.code], "no reply was ever sent"


@pytest.mark.campaign
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(100, 120))
def test_ten_thousand_acts(seed, monkeypatch):
    stroll(seed, 500, monkeypatch)
