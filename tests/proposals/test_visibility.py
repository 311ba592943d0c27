"""Who sees which case, from when, until when: one clause per relation, asked by every door."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from members.models import Appointment
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Assignment, Proposal
from proposals.roles import Role
from tests.factories import county as make
from tests.factories import people
from tests.workflow.traces import statements
from workflow.engine import perform
from workflow.querysets import roles_on

pytestmark = pytest.mark.django_db


def sees(user, case) -> bool:
    user.__dict__.pop("_posts", None)
    return type(case).objects.visible_to(user).filter(pk=case.pk).exists()


def roles(user, case) -> set[str]:
    user.__dict__.pop("_posts", None)
    return set(roles_on(type(case).objects.with_roles_of(user).get(pk=case.pk)))


def seers(c, case) -> set[str]:
    return {name for name, user in c.roles().items() if sees(user, case)}


def test_a_draft_is_the_author_s_alone(c):
    assert seers(c, make.draft(c)) == {"author"}
    assert seers(c, make.collective_draft(c)) == {"contact"}


def test_on_its_way_round_those_asked_see_it(c):
    assert seers(c, make.cosigning(c)) == {"author", "cosigner", "invitee"}


def test_from_submission_on_the_committee(c):
    assert seers(c, make.submitted(c)) == {"author", "staff", "head", "reviewer"}


def test_returned_for_change_it_stays_with_both(c):
    proposal = make.reviewed(c)
    perform(ProposalAct.RETURN, proposal, c.head, {"reason": "补充"})
    assert seers(c, proposal) == {"author", "staff", "head", "reviewer"}


def test_from_filing_on_the_dispatch_office(c):
    assert seers(c, make.filed(c)) == {"author", "staff", "head", "reviewer", "dispatch"}


def test_from_assignment_on_the_units(c):
    inside = {"author", "staff", "head", "reviewer", "dispatch"}
    proposal = make.assigned(c, "lead")
    assert seers(c, proposal) == inside | {"operator", "leader", "other_operator", "other_leader"}
    assert seers(c, make.share(proposal, c.unit)) == inside | {"operator", "leader"}


def test_a_unit_that_gave_it_back_sees_it_no_more(c):
    mine = make.share(make.assigned(c), c.unit)
    perform(AssignmentAct.REQUEST_RETURN, mine, c.operator, {"reason": "职责", "suggested_unit": c.third_unit.pk})
    assert sees(c.operator, mine.proposal)
    perform(AssignmentAct.APPROVE_RETURN, mine, c.dispatch, {"new_unit": c.third_unit.pk})
    assert [sees(user, mine.proposal) for user in (c.operator, c.leader, c.third_operator)] == [False, False, True]
    assert [sees(user, mine) for user in (c.operator, c.author, c.staff)] == [False, True, True]


def test_the_lead_sees_an_opinion_once_it_is_signed(c):
    proposal = make.assigned(c, "lead")
    assist = make.share(proposal, c.other_unit)
    perform(AssignmentAct.SIGN_FOR, assist, c.other_operator)
    perform(AssignmentAct.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意"})
    assert not sees(c.operator, assist)
    perform(AssignmentAct.SIGN_OFF, assist, c.other_leader, {})
    assert roles(c.operator, assist) == {Role.LEAD_UNIT}
    assert roles(c.leader, assist) == {Role.LEAD_UNIT}


def test_proposers_of_a_merged_case_follow_the_main_one_to_its_reply(c):
    joined = make.cosigning(c)
    perform(ProposalAct.SUBMIT, joined, c.author)
    perform(ProposalAct.PRE_REVIEW, joined, c.reviewer, {"recommendation": "merge", "business_category": c.business.pk})
    main = make.filed(c)
    Proposal.objects.filter(pk=main.pk).update(first_proposer=c.other_member.person)
    assert [sees(user, main) for user in (c.author, c.cosigner)] == [False, False]
    perform(ProposalAct.MERGE, joined, c.head, {"into": main.pk, "reason": "内容相同"})
    perform(ProposalAct.ASSIGN, main, c.staff, {"division": "sole", "unit": c.unit.pk})
    for user in (c.author, c.cosigner):
        assert roles(user, main) == roles(user, make.share(main, c.unit)) == {Role.MERGED_AUTHOR}
    perform(ProposalAct.SUBMIT, other := make.draft(c), c.author)
    assert roles(c.other_member, main) == {Role.AUTHOR} and not sees(c.other_member, other)


def test_whoever_holds_the_main_case_reads_what_was_merged_into_it(c):
    joined, main = make.reviewed(c), make.assigned(c)
    before = seers(c, joined)
    perform(ProposalAct.MERGE, joined, c.head, {"into": main.pk, "reason": "内容相同"})
    assert seers(c, joined) == before | {"operator", "leader", "dispatch"}
    assert roles(c.operator, joined) == roles(c.dispatch, joined) == {Role.MAIN_HANDLER}
    perform(
        AssignmentAct.REQUEST_RETURN,
        mine := make.share(main, c.unit),
        c.operator,
        {"reason": "职责", "suggested_unit": c.third_unit.pk},
    )
    perform(AssignmentAct.APPROVE_RETURN, mine, c.dispatch, {"new_unit": c.third_unit.pk})
    assert [sees(user, joined) for user in (c.operator, c.third_operator)] == [False, True]


def test_dispatch_offices_share_the_systems(c):
    party = people.organization("unit", "县委宣传部", system="party")
    offices = {
        system: people.holder(people.organization("dispatch", f"{system}督查室", system=system), "staff")
        for system in ("party", "government")
    }
    filed, handed = make.filed(c), make.filed(c)
    perform(ProposalAct.ASSIGN, handed, c.staff, {"division": "sole", "unit": party.pk})
    assert {name: (sees(user, filed), sees(user, handed)) for name, user in offices.items()} == {
        "party": (True, True), "government": (True, False),
    }  # fmt: skip
    assert [sees(user, make.share(handed, party)) for user in offices.values()] == [True, False]


@pytest.mark.parametrize(
    ("starts", "ends", "seen"), [(0, None, True), (0, 0, True), (1, None, False), (-9, -1, False), (-9, 0, True)]
)
def test_a_post_counts_on_its_days(c, starts, ends, seen):
    """From its first day to its last inclusive."""
    today, user = timezone.localdate(), people.user("新任")
    dates = {"starts": today + timedelta(days=starts), "ends": None if ends is None else today + timedelta(days=ends)}
    people.appoint(user, c.unit, "operator", **dates)
    assert sees(user, make.assigned(c)) is seen


def test_the_post_counts_not_the_person(c):
    proposal = make.assigned(c)
    Appointment.objects.filter(person=c.operator.person).update(post="member")
    assert not sees(c.operator, proposal)


def test_namesakes_are_different_people(c):
    proposal = make.draft(c)
    assert not sees(people.member(c.author.person.name), proposal)


def test_an_account_that_was_closed_sees_nothing(c):
    proposal = make.submitted(c)
    for user in (c.author, c.staff):
        user.is_active = False
        assert not sees(user, proposal)


def test_the_administrator_and_the_public_have_no_relation_to_a_case(c):
    proposal = make.submitted(c)
    for user in (c.administrator, AnonymousUser(), people.user("无职务")):
        assert roles(user, proposal) == set() and not sees(user, proposal)


def test_what_is_published_is_everybody_s(c):
    mine = make.replied(c, make.signed(c))
    perform(ProposalAct.PUBLISH, mine.proposal, c.staff)
    for user in (AnonymousUser(), c.other_member, c.third_operator):
        assert roles(user, mine.proposal) == {Role.PUBLIC}
        assert not sees(user, mine)
    perform(ProposalAct.UNPUBLISH, mine.proposal, c.staff, {"reason": "核对"})
    assert not sees(c.other_member, mine.proposal)


def test_somebody_with_several_relations_holds_all_their_roles(c):
    people.appoint(c.author, c.unit, "operator")
    people.appoint(c.author, c.unit, "unit_leader")
    proposal = make.assigned(c)
    assert roles(c.author, proposal) == {Role.AUTHOR, Role.OPERATOR, Role.UNIT_LEADER}
    assert Proposal.objects.visible_to(c.author).count() == 1


def test_seeing_is_one_query_without_joins_to_many(c):
    """Counting, locking and grouping stay right (design §7)."""
    people.appoint(c.author, c.unit, "operator")
    make.assigned(c, "lead")
    with statements() as said:
        assert Proposal.objects.visible_to(c.author).count() == 1
    (counted,) = [sql for sql in said if "COUNT" in sql]
    assert " JOIN " not in counted and "DISTINCT" not in counted


def test_who_somebody_is_costs_one_query_and_is_asked_once(c):
    for post in ("operator", "unit_leader", "staff"):
        people.appoint(c.author, c.unit, post)
    fresh = type(c.author).objects.get(pk=c.author.pk)
    with statements() as said:
        list(Proposal.objects.visible_to(fresh))
        list(Assignment.objects.visible_to(fresh))
    assert len(said) == 3
