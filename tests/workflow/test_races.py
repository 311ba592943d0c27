"""Twenty people press the same button: exactly one wins, the others hear why, and no number is lost."""

from collections import Counter

import pytest

from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Assignment, Proposal, Rating, RejectionReason
from proposals.states import ProposalState
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import TooLate
from workflow.models import Event

from .test_events import verified
from .threads import together

pytestmark = pytest.mark.django_db(transaction=True)
ACTORS = 20


def race(c, rounds: int) -> None:
    """Half of the heads file, half reject: one decision stands, with one event."""
    why = RejectionReason.objects.first()
    reason = {"rejection_reason": why.pk, "disposition": "none", "reason": "不属本级事权"}
    for _ in range(rounds):
        proposal = make.reviewed(c)
        before = Event.objects.count()

        def decide(n, proposal=proposal):
            act, data = (ProposalAct.REJECT, reason) if n % 2 else (ProposalAct.FILE, {})
            return perform(act, Proposal(pk=proposal.pk), c.head, data)

        outcomes = Counter(type(outcome) for outcome in together(ACTORS, decide))
        assert outcomes == {Event: 1, TooLate: ACTORS - 1}
        assert Event.objects.count() == before + 1


def test_one_of_twenty_decides(c):
    race(c, rounds=5)


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_one_of_twenty_decides_a_hundred_times(c):
    race(c, rounds=100)
    assert verified().startswith("办理记录完好")


def numbered_at_once(c, count: int) -> None:
    """As many proposals are numbered at the same moment: 1, 2, 3 … without a gap."""
    made = Proposal.objects.bulk_create(
        Proposal(session=c.session, state=ProposalState.FILED, title=f"第{n}件", receipt_number=f"r{n}")
        for n in range(count)
    )
    staff = [people.holder(c.staff.person.appointments.get().organization, "staff") for _ in range(count)]
    outcomes = together(count, lambda n: perform(ProposalAct.NUMBER, made[n], staff[n]))
    assert [type(outcome) for outcome in outcomes] == [Event] * count
    numbers = Proposal.objects.values_list("serial", flat=True)
    assert sorted(numbers) == list(range(1, count + 1))


def test_twenty_numbers_at_once(c):
    numbered_at_once(c, ACTORS)


def test_a_refused_numbering_gives_its_number_back(c):
    first, second = make.filed(c, numbered=False), make.filed(c, numbered=False, title="另一件")

    def number_twice(n):
        return perform(ProposalAct.NUMBER, Proposal(pk=first.pk), c.staff)

    outcomes = together(5, number_twice)
    assert sorted(type(o).__name__ for o in outcomes) == ["Event"] + ["Refused"] * 4
    perform(ProposalAct.NUMBER, second, c.staff)
    assert sorted(Proposal.objects.values_list("serial", flat=True)) == [1, 2]


def test_two_units_reply_at_once_and_the_proposal_notices(c):
    """Each sends the last reply but one: without the parent's lock neither would close the round."""
    one = make.signed(c, division="separate")
    two = make.share(one.proposal, c.other_unit)
    perform(AssignmentAct.SIGN_FOR, two, c.other_operator)
    for share, operator, leader in ((one, c.operator, c.leader), (two, c.other_operator, c.other_leader)):
        make.checked(c, share, operator, leader)
    shares = ((one, c.operator), (two, c.other_operator))
    outcomes = together(2, lambda n: perform(AssignmentAct.SEND, *shares[n]))
    assert [type(outcome) for outcome in outcomes] == [Event, Event]
    assert Proposal.objects.get(pk=one.proposal_id).state == ProposalState.REPLIED


def test_a_double_click_rates_once(c):
    mine = make.replied(c, make.signed(c))
    clicks = together(
        10, lambda n: perform(AssignmentAct.RATE, Assignment.objects.get(pk=mine.pk), c.author, make.rating())
    )
    assert Counter(type(o).__name__ for o in clicks) == {"Event": 1, "Refused": 9}
    assert Rating.objects.count() == 1


def test_two_merge_into_each_other_s_main_without_a_deadlock(c):
    """B goes into A while A's filing is being undone: whichever comes first, no case hangs on one that is not filed."""
    main, other = make.filed(c), make.reviewed(c, title="另一件")
    acts = (
        lambda: perform(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"}),
        lambda: perform(ProposalAct.UNDO_DECISION, main, c.head, {"reason": "再议"}),
    )
    outcomes = together(2, lambda n: acts[n]())
    assert Counter(type(o) is Event for o in outcomes) == {True: 1, False: 1}
    merged = Proposal.objects.get(pk=other.pk).merged_into
    assert merged is None or merged.state == ProposalState.FILED
