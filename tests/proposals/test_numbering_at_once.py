"""编号 under many hands: twenty press the one button at the same moment, and single filings come after."""

from collections import Counter

import pytest

from proposals.acts import ProposalAct
from proposals.invariants import faults
from proposals.models import Proposal
from proposals.night.numbering import number_all, waiting
from tests.factories import county as make
from tests.factories import people
from tests.workflow.threads import together
from workflow.engine import perform
from workflow.errors import TooLate

pytestmark = pytest.mark.django_db(transaction=True)
SESSIONS = 20


def pressed_at_once(c, cases: int, rounds: int = 1) -> None:
    """One of the twenty numbers all, nineteen hear that the list has changed; then singles go on without a gap."""
    staff = [people.holder(c.staff.person.appointments.get().organization, "staff") for _ in range(SESSIONS)]
    given = 0
    for _ in range(rounds):
        for _ in range(cases):
            make.filed(c, numbered=False)
        seen = {row.pk: row.version for row in waiting(c.staff, c.session)}
        outcomes = together(SESSIONS, lambda n, seen=seen: number_all(staff[n], c.session, seen))
        assert Counter(type(outcome) for outcome in outcomes) == {list: 1, TooLate: SESSIONS - 1}
        late = [make.filed(c, numbered=False) for _ in range(SESSIONS)]
        together(SESSIONS, lambda n, late=late: perform(ProposalAct.NUMBER, late[n], staff[n]))
        given += cases + SESSIONS
        numbers = Proposal.objects.values_list("serial", flat=True)
        assert sorted(numbers) == list(range(1, given + 1))


def test_twenty_press_at_once(c):
    pressed_at_once(c, cases=6)
    assert list(faults()) == []


def test_all_at_once_beside_singles(c):
    """Somebody numbers one case while others number all: nobody waits for ever, and no number is lost."""
    cases = [make.filed(c, numbered=False) for _ in range(8)]
    seen = {row.pk: row.version for row in waiting(c.staff, c.session)}

    def press(n: int):
        if n % 2:
            return number_all(c.staff, c.session, seen)
        return perform(ProposalAct.NUMBER, Proposal(pk=cases[n // 2].pk), c.head)

    together(16, press)
    left = {row.pk: row.version for row in waiting(c.staff, c.session)}
    if left:
        number_all(c.staff, c.session, left)
    assert sorted(Proposal.objects.values_list("serial", flat=True)) == list(range(1, 9))


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_twenty_press_at_once_again_and_again(c):
    pressed_at_once(c, cases=60, rounds=5)
