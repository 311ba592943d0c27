"""交办: how units are chosen, from when their clocks run, signing for, giving back."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from deadlines.models import DueRule
from deadlines.rules import ceiling
from members.models import Organization
from proposals import dispatching
from proposals.acts import AssignmentAct, ProposalAct
from proposals.audiences import notices_for
from proposals.invariants import faults
from proposals.models import Assignment, Proposal
from proposals.recomputing import recompute_open
from proposals.states import AssignmentState, ProposalState
from proposals.todo import todo_for
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db
HANDED_OUT = datetime(2026, 5, 6, 10, tzinfo=people.SHANGHAI)


@pytest.fixture
def clock(monkeypatch):
    """Sets the time: `clock(2026, 5, 6)`."""

    def at(*day, hour=10):
        monkeypatch.setattr(timezone, "now", lambda: datetime(*day, hour, tzinfo=people.SHANGHAI))

    at(2026, 5, 6)
    return at


def shares(proposal) -> list[tuple[str, str, str]]:
    rows = Assignment.objects.filter(proposal=proposal).order_by("position", "pk")
    return [(str(row.unit), row.kind, str(row.lead.unit) if row.lead else "") for row in rows]


@pytest.mark.parametrize(
    ("division", "given"),
    [
        ("sole", [("县教育局", "sole", "")]),
        ("lead", [("县教育局", "lead", ""), ("县财政局", "assist", "县教育局")]),
        ("separate", [("县教育局", "separate", ""), ("县财政局", "separate", "")]),
    ],
)  # fmt: skip
def test_three_ways_of_handing_out(c, division, given):
    proposal = make.assigned(c, division)
    assert sorted(shares(proposal)) == sorted(given)
    assert proposal.state == ProposalState.HANDLING
    assert {row.state for row in proposal.assignments.all()} == {AssignmentState.AWAITING_SIGN}


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({}, ["division"]),
        ({"division": "sole"}, ["unit"]),
        ({"division": "sole", "unit": "unit", "others": ["other_unit"]}, ["others"]),
        ({"division": "lead", "others": ["other_unit"]}, ["unit"]),
        ({"division": "lead", "unit": "unit"}, ["others"]),
        ({"division": "lead", "unit": "unit", "others": ["unit"]}, ["others"]),
        ({"division": "separate", "others": ["unit"]}, ["others"]),
        ({"division": "separate", "unit": "unit", "others": ["unit", "other_unit"]}, ["unit"]),
        ({"division": "sole", "unit": "party"}, ["unit"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_together(c, data, fields):
    keys = dict(data)
    if "unit" in keys:
        keys["unit"] = getattr(c, keys["unit"]).pk
    keys["others"] = [getattr(c, name).pk for name in data.get("others", [])]
    with pytest.raises(Invalid) as refused:
        perform(ProposalAct.ASSIGN, make.filed(c), c.staff, keys)
    assert sorted(refused.value.errors) == fields


def test_a_unit_that_was_ended_gets_nothing(c):
    type(c.unit).objects.filter(pk=c.unit.pk).update(ends=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Invalid):
        perform(ProposalAct.ASSIGN, make.filed(c), c.staff, {"division": "sole", "unit": c.unit.pk})


def test_the_dispatch_office_may_assign_too(c):
    perform(ProposalAct.ASSIGN, make.filed(c), c.dispatch, {"division": "sole", "unit": c.unit.pk})


def of_the_party(c):
    """A unit of the party's system, and the office that hands out to the units of the government."""
    unit = people.organization("unit", "县委宣传部", system="party")
    office = people.organization("dispatch", "县政府督查室", system="government")
    return unit, people.holder(office, "staff", "顾海涛")


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ({"division": "sole", "unit": "theirs"}, ["unit"]),
        ({"division": "lead", "unit": "mine", "others": ["theirs"]}, ["others"]),
        ({"division": "separate", "others": ["mine", "theirs"]}, ["others"]),
    ],
)
def test_a_dispatch_office_hands_out_to_the_units_of_its_own_system(c, data, fields):
    theirs, clerk = of_the_party(c)
    keys = {"theirs": theirs.pk, "mine": c.unit.pk}
    given = {**data, "unit": keys.get(data.get("unit")), "others": [keys[name] for name in data.get("others", [])]}
    proposal = make.filed(c)
    with pytest.raises(Invalid) as refused:
        perform(ProposalAct.ASSIGN, proposal, clerk, given)
    assert refused.value.errors == {
        name: ["只能交给本系统的单位；涉及其他系统单位的，请提案委交办。"] for name in fields
    }
    perform(ProposalAct.ASSIGN, proposal, c.staff, given)
    perform(ProposalAct.ASSIGN, make.filed(c), clerk, {"division": "sole", "unit": c.unit.pk})


def test_the_office_of_the_party_hands_out_to_its_own_and_one_office_for_all_to_all(c):
    theirs, _clerk = of_the_party(c)
    clerk = people.holder(people.organization("dispatch", "县委督查室", system="party"), "head", "罗文斌")
    perform(ProposalAct.ASSIGN, make.filed(c), clerk, {"division": "sole", "unit": theirs.pk})
    with pytest.raises(Invalid):
        perform(ProposalAct.ASSIGN, make.filed(c), clerk, {"division": "sole", "unit": c.unit.pk})
    perform(
        ProposalAct.ASSIGN, make.filed(c), c.dispatch, {"division": "lead", "unit": c.unit.pk, "others": [theirs.pk]}
    )


def test_a_return_that_belongs_to_another_system_is_decided_by_the_head(c, browse):
    theirs, clerk = of_the_party(c)
    mine = make.share(make.assigned(c), c.unit)
    perform(AssignmentAct.REQUEST_RETURN, mine, c.operator, {"suggested_unit": theirs.pk, "reason": "属宣传部门"})
    page = browse(clerk).go(f"/proposals/assignments/{mine.pk}/acts/approve_return/")
    assert "承办单位建议改由县委宣传部，该单位属党委系统。您只能改交本系统的单位；" in page.text
    assert f'<option value="{theirs.pk}"' not in page.response.content.decode()
    with pytest.raises(Invalid) as refused:
        perform(AssignmentAct.APPROVE_RETURN, mine, clerk, {"new_unit": theirs.pk})
    assert "请提案委负责人决定这件退办申请" in refused.value.errors["new_unit"][0]
    perform(AssignmentAct.APPROVE_RETURN, mine, c.head, {"new_unit": theirs.pk})


def test_the_head_is_told_of_a_return_that_no_office_can_decide(c):
    """The unit's office covers the government's units, another one the party's, none covers both."""
    theirs, _clerk = of_the_party(c)
    make_offices_apart(c)
    for unit, is_heads in ((theirs, True), (c.third_unit, False)):
        mine = make.share(make.assigned(c), c.unit)
        asked = {"suggested_unit": unit.pk, "reason": "属其他单位"}
        event = perform(AssignmentAct.REQUEST_RETURN, mine, c.operator, asked)
        assert (c.head.pk in {notice.user_id for notice in notices_for(event)}) is is_heads
        assert (mine.pk in {one.object_id for one in todo_for(c.head)}) is is_heads
    for_all = people.organization("dispatch", "县督查考核办")
    assert [one.what for one in todo_for(c.head) if one.what == "决定退办申请"] == []
    for_all.delete()


def make_offices_apart(c):
    """No office for all any more: one for the party's units, one for the others."""
    Organization.objects.filter(name="县委县政府督查室").update(system="party")


def test_the_dates_are_those_of_the_rules(c, clock):
    """Assigned on Wednesday 6 May 2026, before the Saturday that is worked for Labour Day."""
    lead, assist = make.assigned(c, "lead").assignments.order_by("position")
    assert (lead.sign_due_on, lead.return_due_on) == (date(2026, 5, 9), date(2026, 5, 12))
    assert (lead.contact_due_on, lead.due_on) == (date(2026, 5, 26), date(2026, 8, 6))
    assert (assist.contact_due_on, assist.due_on) == (None, date(2026, 6, 5))


def test_signing_for(c):
    mine = make.share(make.assigned(c), c.unit)
    with pytest.raises(NotFound):
        perform(AssignmentAct.SIGN_FOR, mine, c.other_operator)
    with pytest.raises(NotAllowed):
        perform(AssignmentAct.SIGN_FOR, mine, c.leader)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    kept = Assignment.objects.get(pk=mine.pk)
    assert (kept.state, kept.signed_at is not None) == (AssignmentState.HANDLING, True)


# --- 退办 ---
def give_back(c, mine, **changes):
    data = {"reason": "不属本单位职责", "suggested_unit": c.third_unit.pk, **changes}
    return perform(AssignmentAct.REQUEST_RETURN, mine, c.operator, data)


@pytest.mark.parametrize("gap", ["reason", "suggested_unit"])
def test_giving_back_needs_a_reason_and_a_better_unit(c, gap):
    with pytest.raises(Invalid) as refused:
        give_back(c, make.share(make.assigned(c), c.unit), **{gap: ""})
    assert list(refused.value.errors) == [gap]


def test_nobody_suggests_themselves(c):
    with pytest.raises(Invalid):
        give_back(c, make.share(make.assigned(c), c.unit), suggested_unit=c.unit.pk)


def test_giving_back_is_limited_in_time(c, clock):
    mine, other = make.share(make.assigned(c), c.unit), make.share(make.assigned(c), c.unit)
    clock(2026, 5, 12, hour=23)
    give_back(c, mine)
    clock(2026, 5, 13, hour=0)
    with pytest.raises(Refused) as refused:
        give_back(c, other)
    assert refused.value.code == "return_late"


def test_a_refused_return_leaves_the_share_where_it_was(c):
    waiting, signed = make.share(make.assigned(c), c.unit), make.signed(c)
    for mine, state in ((waiting, AssignmentState.AWAITING_SIGN), (signed, AssignmentState.HANDLING)):
        before = Assignment.objects.get(pk=mine.pk).due_on
        give_back(c, mine)
        perform(AssignmentAct.REFUSE_RETURN, mine, c.dispatch, {"reason": "职责明确"})
        kept = Assignment.objects.get(pk=mine.pk)
        assert (kept.state, kept.due_on) == (state, before)


def test_a_refused_return_gives_the_time_to_sign_anew(c, clock):
    """What the wait cost is not the unit's fault; whoever had signed keeps every date."""
    waiting, signed = make.share(make.assigned(c), c.unit), make.signed(c)
    clock(2026, 5, 12)
    give_back(c, waiting)
    give_back(c, signed)
    clock(2026, 5, 20)
    perform(AssignmentAct.REFUSE_RETURN, signed, c.dispatch, {"reason": "职责明确"})
    event = perform(AssignmentAct.REFUSE_RETURN, waiting, c.dispatch, {"reason": "职责明确"})
    kept = Assignment.objects.get(pk=waiting.pk)
    assert (kept.sign_due_on, kept.due_on) == (date(2026, 5, 25), date(2026, 8, 6))
    assert Assignment.objects.get(pk=signed.pk).sign_due_on == date(2026, 5, 9)
    assert (
        "请于5月25日前签收" in {notice.body for notice in notices_for(event) if notice.user_id == c.operator.pk}.pop()
    )
    assert recompute_open() == []
    assert list(faults()) == []


def test_a_return_is_decided_within_three_working_days(c, clock, browse):
    """On the desk and in 我的待办 of the office, with the light of its own date, not of the reply."""
    mine = make.share(make.assigned(c), c.unit)
    clock(2026, 5, 12)
    give_back(c, mine)
    (todo,) = [one for one in todo_for(c.dispatch) if one.what == "决定退办申请"]
    assert (todo.due_on, todo.colour) == (date(2026, 5, 15), "green")
    (line,) = dispatching.desk(c.dispatch).returns
    assert (line.sign.on, line.sign.colour) == (date(2026, 5, 15), "green")
    assert "2026-05-15" in browse(c.dispatch).go("/proposals/dispatch/").response.content.decode()
    clock(2026, 5, 18)
    (line,) = dispatching.desk(c.dispatch).returns
    assert line.sign.colour == "red"
    DueRule.objects.filter(step="decide_return").delete()
    assert dispatching.desk(c.dispatch).returns[0].sign is None


def test_the_next_unit_starts_anew_but_the_six_months_do_not(c, clock):
    mine = make.signed(c)
    clock(2026, 5, 12)
    give_back(c, mine)
    clock(2026, 9, 1)
    event = perform(AssignmentAct.APPROVE_RETURN, mine, c.dispatch, {"new_unit": c.third_unit.pk})
    new = make.share(mine.proposal, c.third_unit)
    assert event.data["new_assignment"] == new.pk
    assert (new.first_assigned_at, new.assigned_at) == (HANDED_OUT, datetime(2026, 9, 1, 10, tzinfo=people.SHANGHAI))
    assert (new.sign_due_on, new.due_on) == (date(2026, 9, 4), ceiling(HANDED_OUT))
    assert Proposal.objects.get(pk=mine.proposal_id).assigned_at == HANDED_OUT


def test_who_gave_it_back_is_out_of_reach_and_can_get_it_again(c):
    mine = make.share(make.assigned(c), c.unit)
    give_back(c, mine)
    perform(AssignmentAct.APPROVE_RETURN, mine, c.dispatch, {"new_unit": c.third_unit.pk})
    with pytest.raises(NotFound):
        perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    theirs = make.share(mine.proposal, c.third_unit)
    perform(AssignmentAct.REQUEST_RETURN, theirs, c.third_operator, {"reason": "仍属教育", "suggested_unit": c.unit.pk})
    perform(AssignmentAct.APPROVE_RETURN, theirs, c.dispatch, {"new_unit": c.unit.pk})
    perform(AssignmentAct.SIGN_FOR, make.share(mine.proposal, c.unit), c.operator)


def test_a_new_lead_keeps_the_assistants(c):
    proposal = make.assigned(c, "lead")
    give_back(c, make.share(proposal, c.unit))
    perform(AssignmentAct.APPROVE_RETURN, make.share(proposal, c.unit), c.dispatch, {"new_unit": c.third_unit.pk})
    assist = make.share(proposal, c.other_unit)
    assert (str(assist.lead.unit), assist.lead.kind) == ("县水利局", "lead")


def test_nobody_suggests_a_unit_that_has_it_already_and_the_office_is_told_when_it_got_it_since(c, browse):
    proposal = make.assigned(c, "separate")
    mine, other = make.share(proposal, c.unit), make.share(proposal, c.other_unit)
    with pytest.raises(Invalid):
        give_back(c, mine, suggested_unit=c.other_unit.pk)
    give_back(c, mine)
    address = f"/proposals/assignments/{mine.pk}/acts/{AssignmentAct.APPROVE_RETURN}/"
    assert "请另选" not in browse(c.dispatch).go(address).text
    perform(
        AssignmentAct.REQUEST_RETURN, other, c.other_operator, {"reason": "同上", "suggested_unit": c.third_unit.pk}
    )
    perform(AssignmentAct.APPROVE_RETURN, other, c.dispatch, {"new_unit": c.third_unit.pk})
    page = browse(c.dispatch).go(address)
    assert "承办单位建议改由县水利局，但该单位已承办本案或已不在承办单位名单中，请另选。" in page.text


def test_the_next_unit_is_not_one_that_has_it_already(c):
    proposal = make.assigned(c, "separate")
    give_back(c, make.share(proposal, c.unit))
    with pytest.raises(Invalid):
        perform(AssignmentAct.APPROVE_RETURN, make.share(proposal, c.unit), c.dispatch, {"new_unit": c.other_unit.pk})
