"""代录: what the committee enters for a member or a body, and the proposer's answer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from deadlines.calendar import add_workdays
from members.models import Member, Session
from proposals import proxies
from proposals.acts import ProposalAct
from proposals.invariants import faults
from proposals.kinds import Kind, Timing
from proposals.models import Proposal
from proposals.sections.facts import facts
from proposals.sections.reader import Reader
from proposals.states import ProposalState
from proposals.statistics import session_report
from proposals.views.detail import seen
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.errors import Invalid, NotAllowed, NotFound, Refused, TooLate
from workflow.models import Event

pytestmark = pytest.mark.django_db


def entered(c, user=None, **changes) -> Proposal:
    return Proposal.objects.get(pk=make.entered(c, user, **changes).pk)


def test_it_opens_the_case_in_review_by_one_act(c):
    proposal = entered(c, cosigners=[c.cosigner.person])
    assert (proposal.state, proposal.kind, proposal.receipt_number, proposal.by_proxy, proposal.entered_by) == (
        ProposalState.SUBMITTED, Kind.JOINT, "11-4-0001", True, c.staff,
    )  # fmt: skip
    assert [s.text for s in proposal.suggestions.all()] == ["补坑", "清沟"]
    assert [row.person for row in proposal.cosignatures.agreed()] == [c.cosigner.person]
    assert proposal.proxy_due_on == add_workdays(timezone.localdate(), 15)
    [event] = Event.objects.filter(case_id=proposal.pk)
    assert (event.act, event.from_state, event.to_state, event.actor, event.capacity, event.on_behalf_of) == (
        "enter_by_proxy", "", "submitted", c.staff, "提案委工作人员", "周明远",
    )  # fmt: skip
    assert [pair[0] for pair in event.data["shown"]] == ["原件形式", "收到时间", "联名人"]
    assert list(faults()) == []
    figures = session_report(proposal.session)
    assert (figures["received"], figures["pending"], figures["members_involved"]) == (1, 1, 2)


@pytest.mark.parametrize(("seconds", "timing"), [(-1, Timing.PLENARY), (0, Timing.PLENARY), (1, Timing.ADJOURNED)])
def test_the_second_of_receipt_decides_the_window(c, seconds, timing):
    closes = Session.objects.get().window_closes
    at = closes + timedelta(seconds=seconds)
    proposal = entered(c, received_at=at)
    assert (proposal.timing, proposal.submitted_at) == (timing, at)


@pytest.mark.parametrize("role", ["author", "reviewer", "dispatch", "operator", "contact", "administrator"])
def test_nobody_else_enters(c, role):
    with pytest.raises(NotAllowed):
        entered(c, getattr(c, role))
    assert Proposal.objects.count() == 0


def test_nobody_enters_for_themselves(c):
    people.appoint(c.author, people.organization("committee", "另一委员会"), "staff")
    people.appoint(c.staff, c.party, "contact")
    Member.objects.create(person=c.staff.person, term=people.term(), starts=people.LONG_AGO)
    with pytest.raises(NotAllowed):
        entered(c, member=c.staff.person)
    with pytest.raises(NotAllowed):
        entered(c, member=None, organization=c.party)
    assert Proposal.objects.count() == 0


def test_a_body_s_contact_answers_for_it(c):
    proposal = entered(c, member=None, organization=c.party, source="phone", note="蒋文静来电，何静接听。", scans=[])
    assert (proposal.kind, proposal.drafter, proposal.first_proposer) == (Kind.COLLECTIVE, c.contact.person, None)
    perform(ProposalAct.CONFIRM_PROXY, proposal, c.contact)
    assert proxies.answer_words(Proposal.objects.get(pk=proposal.pk)).startswith("提案人已确认无误（")
    assert list(faults()) == []


def test_dispute_then_confirm(c):
    proposal = entered(c)
    for user, refusal in ((c.staff, NotAllowed), (c.other_member, NotFound), (c.reviewer, NotAllowed)):
        with pytest.raises(refusal):
            perform(ProposalAct.DISPUTE_PROXY, proposal, user, {"reason": "不对"})
    with pytest.raises(Invalid):
        perform(ProposalAct.DISPUTE_PROXY, proposal, c.author, {"reason": ""})
    perform(ProposalAct.DISPUTE_PROXY, proposal, c.author, {"reason": "第二条漏了一句。"})
    with pytest.raises(Refused):
        perform(ProposalAct.DISPUTE_PROXY, proposal, c.author, {"reason": "再说一次"})
    assert "有出入" in proxies.answer_words(Proposal.objects.get(pk=proposal.pk))
    perform(ProposalAct.CONFIRM_PROXY, proposal, c.author)
    for act in (ProposalAct.CONFIRM_PROXY, ProposalAct.DISPUTE_PROXY):
        with pytest.raises(Refused) as refused:
            perform(act, proposal, c.author, {"reason": "x"})
        assert refused.value.code == "proxy_answered"


def test_silence_blocks_nothing_and_the_scan_stands(c):
    proposal = entered(c)
    words = proxies.answer_words(proposal)
    assert (
        words
        == f"等提案人确认（{proposal.proxy_due_on:%Y}年{proposal.proxy_due_on.month}月{proposal.proxy_due_on.day}日前）"
    )
    Proposal.objects.filter(pk=proposal.pk).update(proxy_due_on=timezone.localdate() - timedelta(days=1))
    proposal.refresh_from_db()
    assert proxies.answer_words(proposal) == "15 个工作日内没有答复，以扫描件为准"
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    perform(ProposalAct.FILE, proposal, c.head, {})
    proposal.refresh_from_db()
    assert proxies.answer_words(proposal) == "提案人没有答复，以扫描件为准"
    with pytest.raises(TooLate):
        perform(ProposalAct.CONFIRM_PROXY, proposal, c.author)


def test_what_the_member_changes_and_submits_is_confirmed_by_that(c):
    proposal = entered(c)
    perform(ProposalAct.DISPUTE_PROXY, proposal, c.author, {"reason": "漏了一句"})
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "return", "business_category": c.business.pk}
    )
    perform(ProposalAct.RETURN, proposal, c.head, {"reason": "请核对"})
    Proposal.objects.filter(pk=proposal.pk).update(own_work=True, publish_consent=True)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    proposal.refresh_from_db()
    assert (proposal.proxy_answer, proposal.receipt_number, proposal.drafter) == (
        "confirmed",
        "11-4-0001",
        c.author.person,
    )


def test_a_portal_case_has_nothing_to_confirm(c):
    proposal = make.submitted(c)
    with pytest.raises(Refused) as refused:
        perform(ProposalAct.CONFIRM_PROXY, proposal, c.author)
    assert refused.value.code == "not_proxy"
    assert proxies.entry_words(proposal) == proxies.answer_words(proposal) == ""


def test_who_entered_it_is_said_to_those_inside_only(c):
    proposal = entered(c)
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file"})
    perform(ProposalAct.FILE, proposal, c.head, {})
    perform(ProposalAct.NUMBER, proposal, c.staff)
    perform(ProposalAct.ASSIGN, proposal, c.staff, {"division": "sole", "unit": c.unit.pk})
    shown = {user: dict(facts_as(user, proposal))["录入方式"] for user in (c.author, c.staff, c.operator)}
    clerk = f"提案委代录（纸质，{c.staff}录入）"
    assert shown == {c.author: clerk, c.staff: clerk, c.operator: "提案委代录（纸质）"}


def facts_as(user, proposal) -> list[tuple[str, str]]:
    row = seen(user, proposal.pk)
    return facts(row, [], Reader.of(user, row))
