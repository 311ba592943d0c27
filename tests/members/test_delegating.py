"""起草授权: given, over, taken back; what may never be done under it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from members import delegating
from members.models import Delegation
from members.periods import today
from proposals import drafting
from proposals.acts import ProposalAct
from proposals.models import Proposal
from tests.factories import county as make
from tests.factories import people
from workflow.engine import available, perform
from workflow.errors import NotAllowed, NotFound
from workflow.models import Event

pytestmark = pytest.mark.django_db
SOON = timedelta(days=30)


@pytest.fixture
def c():
    return make.county()


@pytest.fixture
def secretary():
    return people.user("方文书")


@pytest.fixture
def grant(c, secretary) -> Delegation:
    return delegating.grant(c.author, "方文书", secretary.username, today() + SOON)


def refusal(user, *given) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        delegating.grant(user, *given)
    return refused.value.messages


def seen(user, case) -> Proposal | None:
    return Proposal.objects.visible_to(user).with_roles_of(user).filter(pk=case.pk).first()


# --- the grant ---
def test_what_makes_no_sense_is_named(c, secretary):
    until = today() + SOON
    assert refusal(c.author, "方文书", "nobody", until) == [delegating.UNKNOWN]
    assert refusal(c.author, "方文", secretary.username, until) == [delegating.UNKNOWN]
    assert refusal(c.author, "周明远", c.author.username, until) == ["不用授权给自己。"]
    assert refusal(c.operator, "方文书", secretary.username, until) == ["只有在任委员可以授权他人代为起草。"]
    for wrong in (today() - timedelta(days=1), date(2999, 1, 1)):
        assert refusal(c.author, "方文书", secretary.username, wrong) == [
            "到期日期应从今天起、在一年以内，请重新填写。"
        ]


def test_a_grant_is_not_given_twice(c, secretary, grant):
    assert refusal(c.author, "方文书", secretary.username, today()) == [
        "方文书已有您的授权，还没有到期。需要改日期的，请先收回再授权。"
    ]


# --- writing under it ---
def test_the_secretary_writes_and_hands_over_the_member_submits(c, secretary, grant, mailoutbox):
    draft = drafting.create(secretary, member=c.author.person)
    drafting.save(draft, secretary, {"title": "关于停车的提案", "no_secrets": True, "own_work": True}, ["建立台账"])
    draft.refresh_from_db()
    assert (draft.first_proposer, draft.drafter, draft.no_secrets) == (c.author.person, secretary.person, False)
    perform(ProposalAct.HAND_OVER, draft, secretary)
    events = Event.objects.filter(case_id=draft.pk).values_list("label", "actor_name", "on_behalf_of")
    assert list(events.order_by("sequence")) == [
        ("由方文书代周明远起草", "方文书", "周明远"),
        ("送本人核对", "方文书", "周明远"),
    ]
    drafting.save(draft, c.author, {"no_secrets": True}, None)
    draft.refresh_from_db()
    assert draft.no_secrets is True


def test_only_writing_is_open_to_the_secretary(c, secretary, grant):
    draft = drafting.create(secretary, member=c.author.person)
    mine = seen(secretary, draft)
    assert [option.act for option in available(mine, secretary)] == ["hand_over"]
    for act in (ProposalAct.SUBMIT, ProposalAct.WITHDRAW, ProposalAct.INVITE):
        with pytest.raises(NotAllowed):
            perform(act, draft, secretary, {})


def test_other_drafts_of_the_member_stay_private(c, secretary, grant):
    own = make.draft(c)
    assert seen(secretary, own) is None
    with pytest.raises(NotFound):
        drafting.save(own, secretary, {"title": "改"})


@pytest.mark.parametrize("how", ["revoked", "expired", "submitted"])
def test_afterwards_nothing_is_seen(c, secretary, grant, how):
    draft = make.draft(c)
    Proposal.objects.filter(pk=draft.pk).update(drafter=secretary.person)
    Delegation.objects.update(starts=today() - SOON)
    assert seen(secretary, draft) is not None
    if how == "revoked":
        assert delegating.revoke(c.author, grant.pk) is True
    elif how == "expired":
        Delegation.objects.update(ends=today() - timedelta(days=1))
    else:
        perform(ProposalAct.SUBMIT, draft, c.author, {})
    assert seen(secretary, draft) is None


def test_without_a_grant_no_draft_is_opened(c, secretary):
    with pytest.raises(NotAllowed, match="没有授权您代为起草"):
        drafting.create(secretary, member=c.author.person)
    assert drafting.members_of(secretary).count() == 0


def test_a_grant_of_a_member_out_of_office_opens_nothing(c, secretary, grant):
    c.author.person.seats.update(ends=today() - timedelta(days=1))
    assert drafting.members_of(secretary).count() == 0


def test_nobody_takes_back_somebody_else_s(c, secretary, grant):
    assert delegating.revoke(c.cosigner, grant.pk) is False
    assert Delegation.objects.count() == 1


def test_taking_back_takes_every_grant_to_that_person(c, secretary, grant):
    Delegation.objects.create(grantor=c.author.person, secretary=secretary.person, starts=today() - SOON)
    delegating.revoke(c.author, grant.pk)
    assert delegating.held(secretary.person_id).count() == 0


def test_an_account_that_was_closed_lends_nothing(c, secretary, grant):
    c.author.is_active = False
    c.author.save()
    assert delegating.held(secretary.person_id).count() == 0


def test_the_same_words_for_oneself_are_another_draft(c, grant):
    delegating.grant(c.author, "李素芬", c.cosigner.username, today() + SOON)
    words = {"title": "关于停车的提案"}
    theirs = drafting.save(drafting.create(c.cosigner, member=c.author.person), c.cosigner, words)
    assert drafting.just_opened(c.cosigner, None, words, c.author.person) == theirs
    assert drafting.just_opened(c.cosigner, None, words) is None


def test_what_the_member_declared_is_asked_again_after_the_secretary_wrote(c, secretary, grant):
    draft = drafting.save(drafting.create(secretary, member=c.author.person), secretary, {"title": "关于停车"})
    drafting.save(draft, c.author, {"no_secrets": True, "own_work": True})
    drafting.save(draft, secretary, {"title": "关于路灯"})
    draft.refresh_from_db()
    assert (draft.no_secrets, draft.own_work) == (False, False)
