"""撤回: before filing, by the proposer, with a reason; and how it counts."""

import pytest

from proposals.acts import ProposalAct
from proposals.models import Proposal
from proposals.states import ProposalState
from proposals.statistics import session_report
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, TooLate

pytestmark = pytest.mark.django_db
REASON = {"reason": "情况有变"}


@pytest.mark.parametrize("stage", ["draft", "cosigning", "submitted", "reviewed"])
def test_before_filing(c, stage):
    proposal = getattr(make, stage)(c)
    event = perform(ProposalAct.WITHDRAW, proposal, c.author, REASON)
    assert (proposal.state, event.reason) == (ProposalState.WITHDRAWN, "情况有变")


def test_not_without_a_reason(c):
    with pytest.raises(Invalid):
        perform(ProposalAct.WITHDRAW, make.draft(c), c.author, {"reason": " "})


def test_not_after_filing(c):
    with pytest.raises(TooLate):
        perform(ProposalAct.WITHDRAW, make.filed(c), c.author, REASON)


def test_not_by_the_committee(c):
    with pytest.raises(NotAllowed):
        perform(ProposalAct.WITHDRAW, make.submitted(c), c.head, REASON)


def test_a_collective_s_by_its_contact(c):
    proposal = make.collective_draft(c)
    perform(ProposalAct.WITHDRAW, proposal, c.contact, REASON)
    assert proposal.state == ProposalState.WITHDRAWN


def test_withdrawn_before_submission_was_never_received(c):
    for proposal in (make.draft(c), make.submitted(c)):
        perform(ProposalAct.WITHDRAW, proposal, c.author, REASON)
    report = session_report(c.session)
    assert (report["received"], report["withdrawn"]) == (1, 1)
    assert Proposal.objects.filter(state=ProposalState.WITHDRAWN).count() == 2
