"""Buttons come from the same table and the same clauses as acting; a list of them costs one query."""

import pytest

from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Assignment, Proposal
from tests.factories import county as make
from workflow.engine import available, perform
from workflow.errors import Refused

from .traces import statements

pytestmark = pytest.mark.django_db


def offered(case, user, **options) -> dict[str, str]:
    """Act → "" when it works, otherwise the code of what stands in the way."""
    fresh = type(case).objects.for_acting().visible_to(user).with_roles_of(user).get(pk=case.pk)
    return {o.act: o.blocked.code if o.blocked else "" for o in available(fresh, user, **options)}


def test_twenty_cases_with_their_buttons_are_one_query(c):
    for n in range(20):
        make.submitted(c, title=f"第{n}件")
    c.reviewer.__dict__.pop("_posts", None)
    with statements() as said:
        rows = list(Proposal.objects.visible_to(c.reviewer).with_roles_of(c.reviewer))
        buttons = [[option.act for option in available(row, c.reviewer, guards=False)] for row in rows]
    assert buttons == [[ProposalAct.PRE_REVIEW]] * 20
    assert len(said) == 2  # who the reviewer is, and the twenty cases


# What the committee may record of any filed case, beside its state.
RECORDS = {
    "nominate_key": "", "consult_key": "no_candidate", "name_leaders": "not_key", "summarise_key": "not_key",
    "supervise": "", "instruct": "", "void_supervision": "no_record",
}  # fmt: skip


def test_a_button_says_why_it_does_not_work_yet(c):
    first = {"move_offline": "", "number": "", "assign": "not_numbered"}
    assert offered(make.filed(c, numbered=False), c.staff) == first | RECORDS
    assert offered(make.filed(c), c.staff) == first | {"number": "numbered", "assign": ""} | RECORDS


def test_without_guards_every_act_of_the_role_is_named(c):
    named = {"move_offline": "", "number": "", "assign": "", **dict.fromkeys(RECORDS, "")}
    assert offered(make.filed(c), c.staff, guards=False) == named


def test_the_stranger_and_the_administrator_have_no_buttons(c):
    proposal = make.filed(c)
    for user in (c.other_member, c.administrator):
        row = Proposal.objects.with_roles_of(user).get(pk=proposal.pk)
        assert available(row, user) == []


def test_asking_for_buttons_changes_nothing(c):
    mine = make.signed(c)
    with statements() as said:
        offered(mine, c.operator)
    assert {sql.split()[0] for sql in said} == {"SELECT"}


def test_what_is_offered_works_and_what_is_not_is_refused(c):
    """For each act of the operator: the button and the deed agree."""
    mine = make.signed(c)
    agreed = offered(mine, c.operator)
    for act in AssignmentAct:
        if agreed.get(act) == "":
            continue
        with pytest.raises(Refused) as refused:
            perform(act, Assignment(pk=mine.pk), c.operator, {})
        assert refused.value.code == agreed.get(act, refused.value.code)
