"""A refusal has its code, its sentence and the next step, and changes nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals.acts import AssignmentAct, ProposalAct
from proposals.effects import filing
from proposals.models import Assignment, Proposal
from tests.factories import county as make
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused, TooLate

from .traces import everything

pytestmark = pytest.mark.django_db


def refused(kind: type[Refused], act: str, case, actor, *args, **options) -> Refused:
    """The refusal, of exactly this kind, after which every table is as before."""
    before = everything()
    with pytest.raises(Refused) as caught:
        perform(act, case, actor, *args, **options)
    assert type(caught.value) is kind
    assert caught.value.sentence and caught.value.next_step
    assert everything() == before
    return caught.value


def test_out_of_reach(c):
    error = refused(NotFound, ProposalAct.SUBMIT, make.draft(c), c.staff)
    assert (error.status, error.code) == (404, "not_found")


def test_a_case_that_was_never_saved_or_is_gone(c):
    refused(NotFound, ProposalAct.SUBMIT, Proposal(), c.author)
    refused(NotFound, ProposalAct.SUBMIT, Proposal(pk=0), c.author)
    refused(NotFound, AssignmentAct.SIGN_FOR, Assignment(pk=0), SYSTEM)


def test_seen_but_not_allowed(c):
    error = refused(NotAllowed, ProposalAct.FILE, make.reviewed(c), c.staff, {})
    assert (error.status, error.code) == (403, "not_allowed")


def test_what_nobody_but_the_portal_does(c):
    mine = make.replied(c, make.signed(c))
    refused(NotAllowed, ProposalAct.CLOSE_UNRATED, mine.proposal, c.head)


def test_an_act_that_does_not_exist(c):
    error = refused(NotAllowed, "abolish", make.draft(c), c.author)
    assert (error.status, error.code) == (403, "unknown_act")


def test_a_child_s_act_is_unknown_to_its_parent(c):
    error = refused(NotAllowed, AssignmentAct.SIGN_FOR, make.assigned(c), c.operator)
    assert error.code == "unknown_act"


def test_too_late_for_who_could_have_done_it(c):
    error = refused(TooLate, ProposalAct.PRE_REVIEW, make.filed(c), c.reviewer, {})
    assert (error.status, error.code) == (409, "too_late")


def test_who_could_never_do_it_does_not_hear_of_time(c):
    refused(NotAllowed, ProposalAct.PRE_REVIEW, make.filed(c), c.author, {})


def test_a_page_that_is_out_of_date(c):
    proposal = make.reviewed(c)
    seen = Proposal.objects.get(pk=proposal.pk).version
    perform(ProposalAct.REVIEW_AGAIN, proposal, c.head, {"reason": "类别有误"})
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    error = refused(TooLate, ProposalAct.FILE, proposal, c.head, {}, seen_version=seen)
    assert (error.status, error.code) == (409, "stale_page")


def test_a_page_that_is_up_to_date(c):
    proposal = make.reviewed(c)
    seen = Proposal.objects.get(pk=proposal.pk).version
    perform(ProposalAct.FILE, proposal, c.head, {}, seen_version=seen)
    assert (proposal.state, proposal.version) == ("filed", seen + 1)


def test_a_form_that_is_not_filled_in(c):
    error = refused(Invalid, ProposalAct.RETURN, make.reviewed(c), c.head, {"reason": "  "})
    assert (error.status, error.code, list(error.errors)) == (400, "invalid", ["reason"])


def test_a_guard_s_own_words(c):
    error = refused(Refused, ProposalAct.ASSIGN, make.filed(c, numbered=False), c.staff, {})
    assert (error.status, error.code) == (409, "not_numbered")


def test_an_effect_that_refuses_halfway_leaves_nothing(c, monkeypatch):
    """The review is written by then."""
    proposal = make.submitted(c)
    monkeypatch.setattr(filing, "_polish", _refuse)
    data = {"recommendation": "file", "business_category": c.business.pk, "title": "润色后的案由"}
    refused(Refused, ProposalAct.PRE_REVIEW, proposal, c.reviewer, data)


def _refuse(step):
    raise Refused("现在不行。", "请稍后再试。")


def test_only_the_portal_gives_a_time_of_its_own(c):
    proposal, long_ago = make.draft(c), timezone.now() - timedelta(days=400)
    before = everything()
    with pytest.raises(ValueError, match="Only SYSTEM"):
        perform(ProposalAct.SUBMIT, proposal, c.author, at=long_ago)
    assert everything() == before


def test_nothing_happens_in_the_future(c):
    mine = make.replied(c, make.signed(c))
    with pytest.raises(ValueError, match="future"):
        perform(ProposalAct.CLOSE_UNRATED, mine.proposal, SYSTEM, at=timezone.now() + timedelta(days=1))


def test_the_portal_dates_back_an_act_and_all_that_follows_from_it(c):
    proposal = make.draft(c)
    soon = timezone.localtime() + timedelta(days=2)
    invitation = {"persons": [c.cosigner.person_id], "closes_at": soon.strftime("%Y-%m-%dT%H:%M")}
    perform(ProposalAct.INVITE, proposal, c.author, invitation)
    then = timezone.now() - timedelta(days=3)
    closes = then - timedelta(seconds=1)
    Proposal.objects.filter(pk=proposal.pk).update(cosigning_closes=closes)
    event = perform(ProposalAct.CLOSE_COSIGNING, proposal, SYSTEM, at=then)
    assert event.happened_at == then < event.recorded_at
    fresh = Proposal.objects.get(pk=proposal.pk)
    expired = type(event).objects.get(case_id=proposal.pk, act="expire")
    assert (fresh.submitted_at, expired.happened_at) == (closes, then)
