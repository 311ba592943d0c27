"""延期: once, in time, within six months; the clock through two returns; 重新定期限 after six months."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from deadlines.models import CalendarDay
from deadlines.recompute import recompute
from portal.todo import todo_for
from proposals import invariants
from proposals.acts import AssignmentAct as A
from proposals.acts import ChangeRequestAct, ExtensionAct, ProposalAct
from proposals.history import timeline
from proposals.models import Assignment, ExtensionRequest, Proposal
from proposals.states import AssignmentState, ExtensionState
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db
DUE, LAST = date(2026, 8, 6), date(2026, 11, 6)


@pytest.fixture
def clock(monkeypatch):
    """Sets the time: `clock(2026, 5, 6)`, the Wednesday on which everything here is handed out."""

    def at(*day, hour=10):
        monkeypatch.setattr(timezone, "now", lambda: datetime(*day, hour, tzinfo=people.SHANGHAI))

    at(2026, 5, 6)
    return at


def ask(c, mine, on: str = "2026-09-30", operator=None, reason: str = "需专项资金评审"):
    perform(A.REQUEST_EXTENSION, mine, operator or c.operator, {"wanted_on": on, "reason": reason})
    return ExtensionRequest.objects.get(assignment=mine, state=ExtensionState.PENDING)


def fresh(mine) -> Assignment:
    return Assignment.objects.for_acting().get(pk=mine.pk)


def dates(mine) -> tuple:
    kept = fresh(mine)
    return kept.due_on, kept.original_due_on, kept.decided_due_on


def refusal(act, case, actor, data=None) -> str:
    with pytest.raises(Refused) as refused:
        perform(act, case, actor, data or {})
    return refused.value.code


def errors(act, case, actor, data) -> dict:
    with pytest.raises(Invalid) as refused:
        perform(act, case, actor, data)
    return refused.value.errors


def test_asked_and_granted_earlier_than_wanted(c, clock, browse):
    mine = make.signed(c)
    request = ask(c, mine)
    assert [(t.what, t.due_on) for t in todo_for(c.dispatch)] == [("决定延期申请", DUE)]
    page = browse(c.operator).go(f"/proposals/{mine.proposal_id}/")
    assert "申请延至 2026年9月30日，等交办机构决定。" in page.text
    wrong = {"2026-10-08": "不能晚于单位申请的 2026年9月30日。", "2026-08-06": "要晚于现在的期限 2026年8月6日。"}
    for day, sentence in wrong.items():
        assert errors(ExtensionAct.GRANT, request, c.dispatch, {"granted_on": day}) == {"granted_on": [sentence]}
    perform(ExtensionAct.GRANT, request, c.dispatch, {"granted_on": "2026-09-15", "reason": "抓紧办理"})
    assert dates(mine) == (date(2026, 9, 15), DUE, date(2026, 9, 15))
    kept = ExtensionRequest.objects.get()
    assert (kept.state, kept.granted_on, kept.decision) == ("granted", date(2026, 9, 15), "抓紧办理")
    page = browse(c.author).go(f"/proposals/{mine.proposal_id}/")
    assert "延期至 2026年9月15日，原期限 2026年8月6日" in page.text
    assert "首次交办 2026年5月6日" not in page.text  # the day itself: no age yet
    clock(2026, 6, 5)
    assert "首次交办 2026年5月6日，至今 30 天" in browse(c.dispatch).go(f"/proposals/{mine.proposal_id}/").text
    assert refusal(A.REQUEST_EXTENSION, mine, c.operator) == "extended"
    told = timeline(Proposal.objects.with_roles_of(c.author).get(), c.author)
    assert [(e["label"], e["shown"]) for e in told][-3:] == [
        ("申请延期", [["申请延至", "2026年9月30日"]]),
        ("同意延期", [["同意延至", "2026年9月15日"]]),
        ("延期", [["原期限", "2026年8月6日"], ["新期限", "2026年9月15日"]]),
    ]
    assert list(invariants.faults()) == []


def test_how_the_date_is_explained(c, clock, browse):
    mine = make.signed(c)
    perform(ExtensionAct.GRANT, ask(c, mine), c.head, {})
    page = browse(c.operator).go(f"/proposals/{mine.proposal_id}/")
    text = page.follow("如何计算").text
    assert "2026年9月30日（原期限 2026年8月6日）" in text
    assert "后来经批准另定为 2026年9月30日，以这个日期为准" in text


def test_a_changed_calendar_moves_the_date_by_the_rules_and_not_the_decided_one(c, clock):
    mine = make.signed(c)
    perform(ExtensionAct.GRANT, ask(c, mine), c.dispatch, {})
    CalendarDay.objects.create(date=DUE, name="全县活动放假", is_workday=False)
    assert [(change.old, change.new) for change in recompute()] == [(date(2026, 9, 30), date(2026, 9, 30))]
    assert dates(mine) == (date(2026, 9, 30), date(2026, 8, 7), date(2026, 9, 30))
    assert list(invariants.faults()) == []


def test_a_changed_calendar_gives_no_date_to_a_row_of_an_old_ledger(c, clock):
    mine = make.signed(c)
    Assignment.objects.filter(pk=mine.pk).update(due_on=None, original_due_on=None)
    CalendarDay.objects.create(date=DUE, name="全县活动放假", is_workday=False)
    assert (recompute(), dates(mine)) == ([], (None, None, None))


def test_refused_and_asked_again_in_time(c, clock):
    """A refusal gives nothing, so it uses nothing up: docs/decisions/extension.md."""
    mine = make.signed(c)
    request = ask(c, mine)
    assert refusal(A.REQUEST_EXTENSION, mine, c.operator) == "extension_open"
    assert list(errors(ExtensionAct.REFUSE, request, c.dispatch, {"reason": ""})) == ["reason"]
    perform(ExtensionAct.REFUSE, request, c.dispatch, {"reason": "请先与财政对接"})
    assert dates(mine) == (DUE, None, None)
    perform(ExtensionAct.GRANT, ask(c, mine, "2026-11-06"), c.dispatch, {})
    assert dates(mine)[0] == LAST
    assert [row.state for row in ExtensionRequest.objects.order_by("pk")] == ["refused", "granted"]


def test_who_may_ask_and_decide(c, clock):
    mine = make.signed(c, division="lead")
    data = {"wanted_on": "2026-09-30", "reason": "x"}
    assist = make.share(mine.proposal, c.other_unit)
    perform(A.SIGN_FOR, assist, c.other_operator)
    assert refusal(A.REQUEST_EXTENSION, assist, c.other_operator, data) == "assist"
    for actor, error in ((c.leader, NotAllowed), (c.dispatch, NotAllowed), (c.third_operator, NotFound)):
        with pytest.raises(error):
            perform(A.REQUEST_EXTENSION, mine, actor, data)
    request = ask(c, mine)
    for actor, error in (
        (c.operator, NotAllowed), (c.staff, NotAllowed), (c.author, NotFound), (c.other_operator, NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            perform(ExtensionAct.GRANT, request, actor, {})
    seen = Proposal.objects.with_roles_of(c.other_operator).get()
    assert "申请延期" not in [entry["label"] for entry in timeline(seen, c.other_operator)]


def test_too_late_and_too_far(c, clock):
    mine = make.signed(c)
    clock(2026, 8, 6, hour=23)
    far = {"wanted_on": ["最晚只能延至 2026年11月6日（首次交办后六个月）。"]}
    assert errors(A.REQUEST_EXTENSION, mine, c.operator, {"wanted_on": "2026-11-07", "reason": "x"}) == far
    near = {"wanted_on": ["要晚于现在的期限 2026年8月6日。"]}
    assert errors(A.REQUEST_EXTENSION, mine, c.operator, {"wanted_on": "2026-08-06", "reason": "x"}) == near
    request = ask(c, mine)
    clock(2026, 8, 7, hour=0)
    perform(ExtensionAct.REFUSE, request, c.dispatch, {"reason": "不同意"})
    assert refusal(A.REQUEST_EXTENSION, mine, c.operator) == "extension_late"


def test_decided_after_the_date_but_not_after_the_wanted_one(c, clock):
    mine, other = make.signed(c), make.signed(c)
    request, late = ask(c, mine), ask(c, other, "2026-08-10")
    clock(2026, 8, 20)
    past = {"granted_on": ["这个日期已经过了，请改填今天以后的日期。"]}
    assert errors(ExtensionAct.GRANT, request, c.dispatch, {"granted_on": "2026-08-19"}) == past
    perform(ExtensionAct.GRANT, request, c.dispatch, {"granted_on": "2026-08-20"})
    assert refusal(ExtensionAct.GRANT, late, c.dispatch) == "wanted_passed"


def test_a_request_lapses_with_what_it_asks_for(c, clock):
    replied = make.signed(c)
    ask(c, replied)
    make.replied(c, replied)
    given_back = make.signed(c)
    ask(c, given_back)
    back = {"reason": "不属本单位职责", "suggested_unit": c.third_unit.pk}
    perform(A.REQUEST_RETURN, given_back, c.operator, back)
    perform(A.APPROVE_RETURN, given_back, c.dispatch, {"new_unit": c.third_unit.pk})
    withdrawn = make.signed(c)
    ask(c, withdrawn)
    perform(ProposalAct.ASK_WITHDRAWAL, withdrawn.proposal, c.author, {"reason": "已解决"})
    perform(ChangeRequestAct.GRANT, withdrawn.proposal.change_requests.get(), c.head, {})
    assert [row.state for row in ExtensionRequest.objects.all()] == ["lapsed"] * 3
    perform(ProposalAct.MOVE_OFFLINE, withdrawn.proposal, c.staff, {"reason": "须走保密渠道"})
    kept = ExtensionRequest.objects.get(assignment=withdrawn)
    assert kept.reason == "（已转线下办理，内容已清除）"
    assert list(invariants.faults()) == []


def test_a_further_round_has_a_date_of_its_own(c, clock):
    mine = make.signed(c)
    perform(ExtensionAct.GRANT, ask(c, mine), c.dispatch, {})
    make.replied(c, mine)
    perform(A.RATE, mine, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    assert dates(mine) == (date(2026, 6, 5), None, None)
    assert refusal(A.REQUEST_EXTENSION, mine, c.operator) == "later_round"
    back = {"reason": "不属本单位职责", "suggested_unit": c.third_unit.pk}
    assert refusal(A.REQUEST_RETURN, mine, c.operator, back) == "later_round"
    assert list(invariants.faults()) == []


def test_given_back_twice_the_clock_restarts_and_six_months_hold(c, clock, browse):
    """Two units give it back; the third, too, may ask for more time once, and never beyond six months."""
    first = make.signed(c)
    clock(2026, 5, 12)
    give_back(c, first, c.operator, c.other_unit)
    assert dates(first)[0] == DUE  # asking does not stop the clock
    clock(2026, 7, 20)
    second = reassigned(c, first, c.other_unit)
    assert (second.due_on, second.return_due_on) == (date(2026, 10, 20), date(2026, 7, 27))
    give_back(c, second, c.other_operator, c.third_unit)
    clock(2026, 9, 1)
    third = reassigned(c, second, c.third_unit)
    assert (third.due_on, third.first_assigned_at.date()) == (LAST, date(2026, 5, 6))
    perform(A.SIGN_FOR, third, c.third_operator)
    assert refusal(A.REQUEST_EXTENSION, third, c.third_operator) == "extension_no_room"
    assert "首次交办 2026年5月6日，至今 118 天" in browse(c.third_operator).go(f"/proposals/{third.proposal_id}/").text
    assert list(invariants.faults()) == []


def give_back(c, mine, operator, to) -> None:
    perform(A.REQUEST_RETURN, mine, operator, {"reason": "不属本单位职责", "suggested_unit": to.pk})


def reassigned(c, mine, unit) -> Assignment:
    perform(A.APPROVE_RETURN, mine, c.dispatch, {"new_unit": unit.pk})
    return make.share(mine.proposal, unit)


def test_after_six_months_the_head_sets_a_date(c, clock):
    mine = make.signed(c)
    data = {"due_on": "2026-12-15", "reason": "牵涉上级审批"}
    clock(2026, 11, 6)
    assert refusal(A.SET_DUE, mine, c.head, data) == "not_six_months"
    assert [t.what for t in todo_for(c.head)] == []
    clock(2026, 11, 7)
    assert [t.what for t in todo_for(c.head)] == ["满六个月未答复，重新定期限"]
    for actor in (c.staff, c.dispatch, c.operator):
        with pytest.raises(NotAllowed):
            perform(A.SET_DUE, mine, actor, data)
    wrong = {"due_on": ["请填明天以后、2027年5月7日以前的日期。"]}
    for day in ("2026-11-07", "2027-05-08"):
        assert errors(A.SET_DUE, mine, c.head, {**data, "due_on": day}) == wrong
    perform(A.SET_DUE, mine, c.head, data)
    assert dates(mine) == (date(2026, 12, 15), DUE, date(2026, 12, 15))
    assert fresh(mine).state == AssignmentState.HANDLING
    assert [t.what for t in todo_for(c.head)] == []
    assert list(invariants.faults()) == []
