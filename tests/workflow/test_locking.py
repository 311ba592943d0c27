"""Lock, then look: what is decided is decided on what is true after the wait."""

import pytest

from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Assignment, Cosignature
from proposals.states import AssignmentState, CosignatureState
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import NotFound, TooLate

from .threads import while_waiting
from .traces import statements

real_transactions = pytest.mark.django_db(transaction=True)


def about(table: str, said: list[str]) -> list[str]:
    return [sql for sql in said if f'"{table}"' in sql]


@pytest.mark.django_db
def test_a_case_is_locked_before_anything_else_is_asked_or_written(c):
    proposal = make.reviewed(c)
    with statements() as said:
        perform(ProposalAct.FILE, proposal, c.head, {})
    lock, read, *others = about("proposals_proposal", said)
    assert lock.endswith("FOR UPDATE")
    assert "role_head" in read
    assert [sql.split()[0] for sql in others] == ["UPDATE"]


@pytest.mark.django_db
def test_the_parent_is_locked_before_its_child(c):
    mine = make.share(make.assigned(c), c.unit)
    with statements() as said:
        perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    lock, read, *others = about("proposals_assignment", said)
    assert lock.endswith('FOR UPDATE OF "proposals_proposal", "proposals_assignment"')
    assert "role_operator" in read
    assert [sql.split()[0] for sql in others] == ["UPDATE"]


@real_transactions
def test_who_waits_for_the_parent_does_not_hold_the_child(c):
    mine = make.share(make.assigned(c), c.unit)
    with while_waiting(mine.proposal, lambda: perform(AssignmentAct.SIGN_FOR, mine, c.operator)) as outcome:
        free = Assignment._base_manager.select_for_update(nowait=True).get(pk=mine.pk)
        assert free.state == AssignmentState.AWAITING_SIGN
    assert outcome[0].act == AssignmentAct.SIGN_FOR


@real_transactions
def test_an_assignment_taken_away_while_waiting_is_out_of_reach(c):
    mine = make.share(make.assigned(c), c.unit)
    with while_waiting(mine.proposal, lambda: perform(AssignmentAct.SIGN_FOR, mine, c.operator)) as outcome:
        Assignment._base_manager.filter(pk=mine.pk).update(state=AssignmentState.RECALLED)
    assert type(outcome[0]) is NotFound


@real_transactions
def test_a_relation_in_another_table_is_asked_again_after_the_wait(c):
    """The trap: PostgreSQL reads the locked row again, but not the tables of its subqueries."""
    mine = make.replied(c, make.signed(c))
    name = Cosignature.objects.create(
        proposal=mine.proposal, person=c.cosigner.person, state=CosignatureState.AGREED,
        invited_at=mine.assigned_at,
    )  # fmt: skip
    rate = lambda: perform(AssignmentAct.RATE, mine, c.cosigner, make.rating())  # noqa: E731
    with while_waiting(mine.proposal, rate) as outcome:
        Cosignature._base_manager.filter(pk=name.pk).update(state=CosignatureState.DECLINED)
    assert type(outcome[0]) is NotFound


@real_transactions
def test_a_decision_taken_while_waiting_is_respected(c):
    proposal = make.reviewed(c)
    file = lambda: perform(ProposalAct.FILE, proposal, c.head, {})  # noqa: E731
    with while_waiting(proposal, file) as outcome:
        reason = {"reason": "材料不全"}
        perform(ProposalAct.REVIEW_AGAIN, proposal, c.head, reason)
    assert type(outcome[0]) is TooLate
