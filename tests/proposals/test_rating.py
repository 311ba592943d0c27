"""评: who rates, what a 不满意 leads to, what happens when nobody rates."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deadlines.rules import due
from documents.models import Attachment
from proposals import by_date
from proposals.acts import AssignmentAct as Act
from proposals.acts import CosignatureAct, ProposalAct
from proposals.invariants.ratings import raters_are_proposers
from proposals.models import Assignment, Proposal, Rating, TripartiteMeeting
from proposals.states import AssignmentState, ProposalState
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db

GOOD = make.rating()
BAD = make.rating("satisfied", "dissatisfied", "没有解决")


@pytest.fixture
def mine(c):
    """A 独办 share whose reply has been sent."""
    return make.replied(c, make.signed(c))


def state(share) -> tuple[str, int, str]:
    row = Assignment.objects.select_related("proposal").get(pk=share.pk)
    return row.state, row.round, row.proposal.state


def refusal(act, share, actor, data) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, share, actor, data)
    return refused.value.code


def joint(c) -> Assignment:
    """A reply to a proposal that one member co-signed."""
    proposal = make.cosigning(c)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    perform(ProposalAct.FILE, proposal, c.head, {})
    return _replied(c, proposal)


def collective(c) -> Assignment:
    proposal = make.confirmed(c)
    perform(ProposalAct.SUBMIT, proposal, c.contact)
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    perform(ProposalAct.FILE, proposal, c.head, {})
    return _replied(c, proposal)


def _replied(c, proposal) -> Assignment:
    perform(ProposalAct.NUMBER, proposal, c.staff)
    perform(ProposalAct.ASSIGN, proposal, c.staff, {"division": "sole", "unit": c.unit.pk})
    share = make.share(proposal, c.unit)
    perform(Act.SIGN_FOR, share, c.operator)
    proposer = c.contact if proposal.organization_id else c.author
    return make.replied(c, share, proposer=proposer)


@pytest.mark.parametrize("grade", ["satisfied", "basically"])
def test_a_rating_closes_the_case(c, mine, grade):
    perform(Act.RATE, mine, c.author, make.rating(grade, grade))
    kept = Rating.objects.get()
    assert (kept.person, kept.deciding, kept.late, kept.by_proxy) == (c.author.person, True, False, False)
    assert state(mine) == (AssignmentState.REPLIED, 1, ProposalState.CLOSED)
    assert Proposal.objects.get(pk=mine.proposal_id).closed_unrated is False


@pytest.mark.parametrize("asked", ["attitude", "result"])
def test_dissatisfied_says_why(c, mine, asked):
    with pytest.raises(Invalid) as refused:
        perform(Act.RATE, mine, c.author, {**GOOD, asked: "dissatisfied"})
    assert list(refused.value.errors) == ["reason"]


def test_never_from_the_unit_s_account(c, mine):
    for actor in (c.operator, c.leader, c.dispatch, c.staff, c.head):
        with pytest.raises(NotAllowed):
            perform(Act.RATE, mine, actor, GOOD)
    with pytest.raises(NotFound):
        perform(Act.RATE, mine, c.other_member, GOOD)


def test_once_and_for_all(c, mine):
    perform(Act.RATE, mine, c.author, GOOD)
    assert refusal(Act.RATE, mine, c.author, BAD) == "rated"


# --- 再次办理 ---
def test_dissatisfied_opens_the_next_round_of_this_share(c, mine):
    perform(Act.RATE, mine, c.author, BAD)
    row = Assignment.objects.get(pk=mine.pk)
    assert state(mine) == (AssignmentState.HANDLING, 2, ProposalState.HANDLING)
    assert (row.due_on, row.rating_due_on) == (due("rehandle", row.round_started_at).on, None)
    assert refusal(Act.SUBMIT_REPLY, mine, c.operator, None) == "reply_incomplete"


def test_each_round_needs_a_contact_of_its_own(c, mine):
    perform(Act.RATE, mine, c.author, BAD)
    make.write_reply(mine, c.operator)
    assert refusal(Act.SUBMIT_REPLY, mine, c.operator, None) == "no_contact"


def test_other_units_replies_stand(c):
    one = make.signed(c, division="separate")
    two = make.share(one.proposal, c.other_unit)
    perform(Act.SIGN_FOR, two, c.other_operator)
    make.replied(c, one)
    make.replied(c, two, c.other_operator, c.other_leader)
    perform(Act.RATE, two, c.author, GOOD)
    perform(Act.RATE, one, c.author, BAD)
    assert state(two) == (AssignmentState.REPLIED, 1, ProposalState.HANDLING)
    make.replied(c, one)
    perform(Act.RATE, one, c.author, GOOD)
    assert state(one) == (AssignmentState.REPLIED, 2, ProposalState.CLOSED)


def twice(c, mine) -> None:
    perform(Act.RATE, mine, c.author, BAD)
    make.replied(c, mine)
    perform(Act.RATE, mine, c.author, BAD)


def test_after_two_rounds_only_a_meeting_leads_on(c, mine):
    twice(c, mine)
    assert state(mine) == (AssignmentState.REPLIED, 2, ProposalState.TRIPARTITE)
    assert by_date.advance_all() == 0
    perform(ProposalAct.RECORD_MEETING, mine.proposal, c.staff, make.meeting())
    assert (TripartiteMeeting.objects.count(), state(mine)[2]) == (1, ProposalState.CLOSED)


def test_a_meeting_may_ask_for_another_round(c, mine):
    twice(c, mine)
    perform(ProposalAct.RECORD_MEETING, mine.proposal, c.staff, make.meeting("again"))
    assert state(mine) == (AssignmentState.HANDLING, 3, ProposalState.HANDLING)
    make.replied(c, mine)
    perform(Act.RATE, mine, c.author, BAD)
    assert state(mine)[2] == ProposalState.TRIPARTITE


def test_a_meeting_about_one_unit_leaves_what_another_settled(c):
    one = make.signed(c, division="separate")
    two = make.share(one.proposal, c.other_unit)
    perform(Act.SIGN_FOR, two, c.other_operator)
    make.replied(c, one)
    twice(c, one)
    perform(ProposalAct.RECORD_MEETING, one.proposal, c.staff, make.meeting("agreed"))
    for _ in range(2):
        make.replied(c, two, c.other_operator, c.other_leader)
        perform(Act.RATE, two, c.author, BAD)
    perform(ProposalAct.RECORD_MEETING, one.proposal, c.staff, make.meeting("again"))
    assert (state(one)[:2], state(two)[:2]) == (("replied", 2), ("handling", 3))


def test_a_meeting_took_place_before_it_is_recorded(c, mine):
    twice(c, mine)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    with pytest.raises(Invalid):
        perform(ProposalAct.RECORD_MEETING, mine.proposal, c.staff, {**make.meeting(), "on": tomorrow})


# --- 逾期 ---
def overdue(share) -> None:
    Assignment.objects.filter(pk=share.pk).update(rating_due_on=timezone.localdate() - timedelta(days=1))


def test_without_a_rating_it_closes_as_overdue_and_never_as_satisfied(c, mine):
    Assignment.objects.filter(pk=mine.pk).update(rating_due_on=timezone.localdate())
    assert by_date.advance_all() == 0
    overdue(mine)
    assert (by_date.advance_all(), by_date.advance_all()) == (1, 0)
    case = Proposal.objects.get(pk=mine.proposal_id)
    assert (case.state, case.closed_unrated, Rating.objects.count()) == (ProposalState.CLOSED, True, 0)


def test_a_later_rating_is_kept_as_late(c, mine):
    overdue(mine)
    by_date.advance_all()
    perform(Act.RATE, mine, c.author, BAD)
    assert Rating.objects.get().late is True
    assert state(mine) == (AssignmentState.REPLIED, 1, ProposalState.CLOSED)
    assert Proposal.objects.get(pk=mine.proposal_id).closed_unrated is True


def test_late_but_before_the_case_was_closed_counts(c, mine):
    overdue(mine)
    perform(Act.RATE, mine, c.author, BAD)
    assert Rating.objects.get().late is True
    assert state(mine) == (AssignmentState.HANDLING, 2, ProposalState.HANDLING)


def test_several_units_are_waited_for_until_the_last_date(c):
    one = make.signed(c, division="separate")
    two = make.share(one.proposal, c.other_unit)
    perform(Act.SIGN_FOR, two, c.other_operator)
    make.replied(c, one)
    make.replied(c, two, c.other_operator, c.other_leader)
    overdue(one)
    assert by_date.advance_all() == 0
    overdue(two)
    assert by_date.advance_all() == 1


# --- 联名人、集体、代录 ---
def test_a_co_signer_s_rating_is_kept_and_decides_nothing(c):
    mine = joint(c)
    perform(Act.RATE, mine, c.cosigner, BAD)
    assert state(mine) == (AssignmentState.REPLIED, 1, ProposalState.REPLIED)
    perform(Act.RATE, mine, c.author, GOOD)
    assert list(Rating.objects.order_by("pk").values_list("deciding", flat=True)) == [False, True]
    assert state(mine)[2] == ProposalState.CLOSED


def test_a_co_signer_may_rate_after_the_first_proposer(c):
    mine = joint(c)
    perform(Act.RATE, mine, c.author, GOOD)
    perform(Act.RATE, mine, c.cosigner, make.rating("basically", "basically"))
    assert refusal(Act.RATE, mine, c.cosigner, GOOD) == "rated"


def test_who_declined_does_not_rate(c):
    proposal = make.cosigning(c)
    perform(CosignatureAct.DECLINE, proposal.cosignatures.get(person=c.invitee.person), c.invitee, {})
    perform(ProposalAct.SUBMIT, proposal, c.author)
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    perform(ProposalAct.FILE, proposal, c.head, {})
    mine = _replied(c, proposal)
    with pytest.raises(NotFound):
        perform(Act.RATE, mine, c.invitee, GOOD)


def test_a_collective_is_rated_once_by_one_of_its_contacts(c):
    mine = collective(c)
    second = people.holder(c.party, "convener", "召集人")
    perform(Act.RATE, mine, second, GOOD)
    kept = Rating.objects.get()
    assert (kept.person, kept.deciding) == (second.person, True)
    assert refusal(Act.RATE, mine, c.contact, BAD) == "rated"


def paper(c, person) -> dict:
    return {**GOOD, "person": person.pk, "scan": make.scan(c.staff).pk}


def test_a_paper_form_is_entered_with_its_scan(c, mine):
    event = perform(Act.RATE_BY_PROXY, mine, c.staff, paper(c, c.author.person))
    kept = Rating.objects.get()
    assert (kept.person, kept.by_proxy, kept.entered_by, kept.deciding) == (c.author.person, True, c.staff, True)
    assert (event.on_behalf_of, state(mine)[2]) == ("周明远", ProposalState.CLOSED)
    assert Attachment.objects.get().subject_id == mine.pk


@pytest.mark.parametrize("gap", ["person", "scan"])
def test_no_paper_form_without_its_rater_and_scan(c, mine, gap):
    with pytest.raises(Invalid) as refused:
        perform(Act.RATE_BY_PROXY, mine, c.staff, {**paper(c, c.author.person), gap: ""})
    assert list(refused.value.errors) == [gap]


def test_a_paper_form_is_for_those_who_may_rate_and_have_not(c):
    mine = joint(c)
    perform(Act.RATE, mine, c.author, GOOD)
    for person in (c.author.person, c.other_member.person, c.operator.person):
        with pytest.raises(Invalid):
            perform(Act.RATE_BY_PROXY, mine, c.staff, paper(c, person))
    perform(Act.RATE_BY_PROXY, mine, c.staff, paper(c, c.cosigner.person))


def test_a_collective_s_paper_form_does_not_collide_with_its_contact(c):
    """The contact who drafted may have gone; once another has rated, nobody is left to rate."""
    mine = collective(c)
    perform(Act.RATE, mine, people.holder(c.party, "convener", "召集人"), GOOD)
    with pytest.raises(Refused) as refused:
        perform(Act.RATE_BY_PROXY, mine, c.staff, paper(c, c.contact.person))
    assert refused.value.code == "rated"


def test_somebody_else_s_scan_is_not_taken(c, mine):
    data = {**GOOD, "person": c.author.person_id, "scan": make.scan(c.head).pk}
    with pytest.raises(Invalid):
        perform(Act.RATE_BY_PROXY, mine, c.staff, data)


def test_a_reply_that_only_the_ledger_knows_cannot_be_rated(c, mine):
    mine.replies.all().delete()
    assert refusal(Act.RATE, mine, c.author, GOOD) == "no_reply"
    assert refusal(Act.RATE_BY_PROXY, mine, c.staff, paper(c, c.author.person)) == "no_reply"


def test_a_collective_that_nobody_drafted_is_rated_from_paper_by_its_contact(c):
    mine = collective(c)
    Proposal.objects.filter(pk=mine.proposal_id).update(drafter=None)
    mine = Assignment.objects.get(pk=mine.pk)
    with pytest.raises(Invalid):
        perform(Act.RATE_BY_PROXY, mine, c.staff, paper(c, c.author.person))
    perform(Act.RATE_BY_PROXY, mine, c.staff, paper(c, c.contact.person))
    kept = Rating.objects.get()
    assert (kept.person, kept.deciding, state(mine)[2]) == (c.contact.person, True, ProposalState.CLOSED)
    assert list(raters_are_proposers()) == []
