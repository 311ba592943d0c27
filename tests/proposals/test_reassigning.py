"""改交 by the office, 会办 units added later, and a 会办 unit that takes the lead."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from proposals.acts import AssignmentAct as A
from proposals.acts import ProposalAct as P
from proposals.invariants import faults
from proposals.models import Assignment, Proposal
from proposals.states import AssignmentState as S
from tests.factories import county as make
from tests.factories import people
from workflow.engine import available, perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused, TooLate
from workflow.models import Event

from .test_assigning import of_the_party, shares
from .test_audiences import told

pytestmark = pytest.mark.django_db
WHY = "属水利部门职责"


@pytest.fixture
def clock(monkeypatch):
    def at(*day, hour=10):
        monkeypatch.setattr(timezone, "now", lambda: datetime(*day, hour, tzinfo=people.SHANGHAI))

    at(2026, 5, 6)
    return at


def pass_on(c, mine, actor=None, **changes):
    data = {"new_unit": c.third_unit.pk, "reason": WHY, **changes}
    return perform(A.REASSIGN, mine, actor or c.dispatch, data)


def offered(share, user) -> set[str]:
    row = Assignment.objects.for_acting().with_roles_of(user).get(pk=share.pk)
    return {option.act for option in available(row, user) if not option.blocked}


def test_a_case_handed_to_the_wrong_unit_is_passed_on_at_any_time_before_the_reply(c, clock):
    """Also after the five days in which the unit itself may ask, and while its reply is being checked."""
    mine = make.signed(c)
    clock(2026, 7, 1)
    make.contact(c, mine)
    with pytest.raises(Invalid) as refused:
        pass_on(c, mine, reason="")
    assert list(refused.value.errors) == ["reason"]
    for user in (c.staff, c.operator):
        with pytest.raises(NotAllowed):
            pass_on(c, mine, user)
    event = pass_on(c, mine)
    new = make.share(mine.proposal, c.third_unit)
    assert (event.data["new_assignment"], event.reason, event.label) == (new.pk, WHY, "改交")
    assert (new.state, new.first_assigned_at.day, new.due_on) == (S.AWAITING_SIGN, 6, date(2026, 10, 8))
    assert told(c, event) == ["author", "leader", "operator", "third_operator"]
    with pytest.raises(NotFound):
        perform(A.LOG_CONTACT, mine, c.operator, {})
    pass_on(c, make.checked(c, make.signed(c)), c.head)
    assert list(faults()) == []


def test_nobody_passes_on_what_was_answered_or_is_answered_again(c):
    replied = make.replied(c, make.signed(c))
    with pytest.raises(TooLate):
        pass_on(c, replied)
    perform(A.RATE, replied, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    for act, data in ((A.REASSIGN, {"new_unit": c.third_unit.pk}), (A.ADD_ASSISTANTS, {"units": [c.third_unit.pk]})):
        with pytest.raises(Refused) as refused:
            perform(act, replied, c.head, {**data, "reason": WHY})
        assert refused.value.code == "later_round"


def test_a_dispatch_office_passes_on_within_its_system_the_head_to_all(c):
    theirs, clerk = of_the_party(c)
    mine = make.share(make.assigned(c), c.unit)
    with pytest.raises(Invalid) as refused:
        pass_on(c, mine, clerk, new_unit=theirs.pk)
    assert refused.value.errors["new_unit"] == ["您只能改交本系统的单位；要改交其他系统的，请提案委负责人改交。"]
    with pytest.raises(Invalid):
        perform(A.ADD_ASSISTANTS, mine, clerk, {"units": [theirs.pk]})
    pass_on(c, mine, c.head, new_unit=theirs.pk)


def test_a_forgotten_unit_is_added_and_whoever_answered_alone_leads(c, clock, browse):
    mine = make.signed(c)
    clock(2026, 5, 20)
    page = browse(c.staff).go(f"/proposals/assignments/{mine.pk}/acts/add_assistants/")
    assert f'<option value="{c.unit.pk}"' not in page.response.content.decode()
    event = perform(A.ADD_ASSISTANTS, mine, c.staff, {"units": [c.other_unit.pk], "reason": "涉及资金"})
    assert shares(mine.proposal) == [("县教育局", "lead", ""), ("县财政局", "assist", "县教育局")]
    assist = make.share(mine.proposal, c.other_unit)
    assert (assist.state, assist.due_on, assist.sign_due_on) == (S.AWAITING_SIGN, date(2026, 6, 22), date(2026, 5, 25))
    assert Assignment.objects.get(pk=mine.pk).due_on == date(2026, 8, 6)
    assert told(c, event) == ["author", "leader", "operator", "other_leader", "other_operator"]
    perform(A.ADD_ASSISTANTS, mine, c.dispatch, {"units": [c.third_unit.pk]})
    assert [row[1] for row in shares(mine.proposal)] == ["lead", "assist", "assist"]
    with pytest.raises(Invalid):
        perform(A.ADD_ASSISTANTS, mine, c.dispatch, {"units": [c.third_unit.pk]})
    assert A.ADD_ASSISTANTS not in offered(assist, c.staff)
    assert "增加会办单位" in browse(c.author).go(f"/proposals/{mine.proposal_id}/").text
    assert list(faults()) == []


def test_the_parts_of_a_divided_case_have_no_assistants(c):
    mine = make.share(make.assigned(c, "separate"), c.unit)
    assert offered(mine, c.head) >= {A.REASSIGN}
    with pytest.raises(Refused) as refused:
        perform(A.ADD_ASSISTANTS, mine, c.head, {"units": [c.third_unit.pk]})
    assert refused.value.code == "separate"


@pytest.mark.parametrize("way", ["return", "reassign"])
def test_a_unit_that_assists_may_lead_instead(c, way, browse):
    """Its opinion stays in the log; the other 会办 units go on with it, the old lead is out."""
    proposal = make.filed(c)
    units = {"division": "lead", "unit": c.unit.pk, "others": [c.other_unit.pk, c.third_unit.pk]}
    perform(P.ASSIGN, proposal, c.staff, units)
    lead, assist = make.share(proposal, c.unit), make.share(proposal, c.other_unit)
    perform(A.SIGN_FOR, assist, c.other_operator)
    perform(A.GIVE_OPINION, assist, c.other_operator, {"opinion": "可由我局主办。"})
    if way == "return":
        asked = {"suggested_unit": c.other_unit.pk, "reason": "以财政为主"}
        perform(A.REQUEST_RETURN, lead, c.operator, asked)
        page = browse(c.dispatch).go(f"/proposals/assignments/{lead.pk}/acts/approve_return/")
        assert "原来的会办任务终止" in page.text
        event = perform(A.APPROVE_RETURN, lead, c.dispatch, {"new_unit": c.other_unit.pk})
    else:
        event = pass_on(c, lead, new_unit=c.other_unit.pk)
    new = make.share(proposal, c.other_unit)
    current = Assignment.objects.current().filter(proposal=proposal).order_by("pk")
    assert [(row.unit, row.kind, row.lead_id) for row in current] == [
        (c.third_unit, "assist", new.pk), (c.other_unit, "lead", None)
    ]  # fmt: skip
    assert (new.state, Assignment.objects.get(pk=assist.pk).state) == (S.AWAITING_SIGN, S.RECALLED)
    given = Event.objects.get(object_id=assist.pk, process="assignment", act=A.GIVE_OPINION)
    assert given.data["opinion"] == "可由我局主办。"
    assert told(c, event) == ["author", "leader", "operator", "other_leader", "other_operator"]
    assert list(faults()) == []


def test_the_only_assistant_that_leads_answers_alone(c):
    proposal = make.assigned(c, "lead")
    pass_on(c, make.share(proposal, c.unit), new_unit=c.other_unit.pk)
    current = Assignment.objects.current().filter(proposal=proposal)
    assert [(row.unit, row.kind) for row in current] == [(c.other_unit, "sole")]
    assert Proposal.objects.get(pk=proposal.pk).events_count == Event.objects.filter(case_id=proposal.pk).count()
    assert list(faults()) == []


def test_an_assistant_is_not_given_to_a_unit_that_has_the_case(c):
    proposal = make.assigned(c, "lead")
    perform(A.ADD_ASSISTANTS, make.share(proposal, c.unit), c.staff, {"units": [c.third_unit.pk]})
    assist = make.share(proposal, c.other_unit)
    for unit in (c.unit, c.third_unit):
        with pytest.raises(Invalid):
            pass_on(c, assist, new_unit=unit.pk)
        with pytest.raises(Invalid):
            perform(A.REQUEST_RETURN, assist, c.other_operator, {"suggested_unit": unit.pk, "reason": "应由其办理"})
