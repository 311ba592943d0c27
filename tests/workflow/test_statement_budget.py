"""Design §11: an act takes at most twelve statements, BEGIN and COMMIT (here: the savepoint's) included.

Acts that another act causes count by themselves; the actor's posts were asked by the page before.
"""

import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from members.models import Delegation, Session
from proposals import dispositions, drafting
from proposals.acts import AssignmentAct as A
from proposals.acts import ChangeRequestAct as R
from proposals.acts import CommitmentAct as M
from proposals.acts import CosignatureAct as C
from proposals.acts import ExtensionAct as E
from proposals.acts import LeadAct as L
from proposals.acts import ProposalAct as P
from proposals.dispositions import convert_waiting, register
from proposals.kinds import Disposition
from proposals.models import (
    Assignment,
    ChangeRequest,
    Commitment,
    Proposal,
    Rating,
    RejectionReason,
    Urge,
)
from tests.consultations.correcting import every_correction
from tests.factories import announcements, consultations, grassroots, opinions, people
from tests.factories import county as make
from tests.proposals import passing_on
from tests.proposals.opinions import Opinions
from tests.workflow.last_acts import closed, honour
from workflow import engine
from workflow.transition import all_processes

pytestmark = pytest.mark.django_db
BUDGET = 12
# The scanned form or letter is attached, which locks and counts files; a text is taken out of every table, once in years; an
# amendment rewrites every suggestion, and so does a change that was never sent; what becomes a proposal or a report opens a draft there; a split opens
# a second case with its people and texts; a publication collects every text of a case and keeps it.
OUTSIDE = {
    "assignment.rate_by_proxy", "proposal.move_offline", "proposal.amend", "lead.use", "proposal.split",
    "proposal.undo_split", "proposal.take_back", "assignment.upload_scan", "proposal.publish", "opinion.to_proposal",
    "consult_opinion.convert", "recommendation.convert", "matter.convert", "topic.add_file", "matter.go_offline", "matter.add_files",
}  # fmt: skip


class Meter:
    """Stands in for `perform` everywhere and counts what each act itself says to the database."""

    def __init__(self, monkeypatch):
        self.said: dict[str, int] = {}
        self._open: list[int] = []
        self._perform = engine.perform
        for module in list(sys.modules.values()):
            if getattr(module, "perform", None) is self._perform:
                monkeypatch.setattr(module, "perform", self.perform)

    def perform(self, act, case, actor, *args, **options):
        self._open.append(0)
        event = self._perform(act, case, actor, *args, **options)
        self.said[f"{case.process_name}.{act}"] = self._open.pop()
        return event

    def count(self, execute, *args):
        if self._open:
            self._open[-1] += 1
        return execute(*args)


@pytest.fixture
def meter(monkeypatch):
    meter = Meter(monkeypatch)
    with connection.execute_wrapper(meter.count):
        yield meter


def draft_for_a_member(do, c):
    grant = {"grantor": c.author.person, "secretary": c.operator.person, "starts": people.LONG_AGO}
    Delegation.objects.get_or_create(**grant)
    do(P.HAND_OVER, drafting.create(c.operator, member=c.author.person), c.operator)


def answer_for_a_paper(do, c):
    for act in (P.DISPUTE_PROXY, P.CONFIRM_PROXY):
        proposal = make.entered(c)
        do(act, proposal, c.author, {"reason": "漏了一句"})


def co_sign(do, c):
    proposal = make.draft(c)
    people = {"persons": [c.cosigner.person_id, c.invitee.person_id], "closes_at": make.soon()}
    do(P.INVITE, proposal, c.author, people)
    do(P.EXTEND_COSIGNING, proposal, c.author, {"closes_at": make.soon(3)})
    do(P.BACK_TO_DRAFT, proposal, c.author)
    do(P.INVITE, proposal, c.author, {"persons": [], "closes_at": make.soon()})
    one, two = (proposal.cosignatures.get(person=user.person) for user in (c.cosigner, c.invitee))
    do(C.AGREE, one, c.cosigner, {})
    do(C.RECALL, two, c.author)
    do(C.INVITE_AGAIN, two, c.author)
    do(C.DECLINE, two, c.invitee, {"reason": "已另案提出"})
    do(C.INVITE_AGAIN, two, c.author)
    do(P.SUBMIT, proposal, c.author)
    do(P.WITHDRAW, proposal, c.author, {"reason": "并入另一件"})


def collective(do, c):
    proposal = make.collective_draft(c)
    make.convener_of(c)
    do(P.ASK_CONVENER, proposal, c.contact)
    do(P.CONFIRM_COLLECTIVE, proposal, make.convener_of(c))
    do(P.SUBMIT, proposal, c.contact)


def support(do, c):
    Session.objects.update(allows_support=True)
    proposal = make.draft(c)
    drafting.save(proposal, c.author, {"accepts_support": True})
    do(P.SUBMIT, proposal, c.author)
    for _ in range(2):
        do(P.SUPPORT, proposal, c.other_member)
        do(P.WITHDRAW_SUPPORT, proposal, c.other_member)
    do(P.ADMIT_LATE, proposal, c.staff, {"reason": "路途受阻"})
    do(P.REVOKE_ADMISSION, proposal, c.staff, {"reason": "情况有误"})


def review(do, c):
    main, other = make.filed(c), make.reviewed(c)
    why = {"rejection_reason": RejectionReason.objects.first().pk, "disposition": "none", "reason": "超越本级事权"}
    for act, data in (
        (P.REVIEW_AGAIN, {"reason": "类别有误"}),
        (P.RETURN, {"reason": "请补充数据"}),
        (P.REJECT, why),
        (P.MERGE, {"into": main.pk, "reason": "内容相同"}),
        (P.FILE, {}),
    ):
        do(act, other, c.head, data)
        if act == P.REVIEW_AGAIN:
            units = [c.unit.pk, c.other_unit.pk]
            do(
                P.PRE_REVIEW,
                other,
                c.reviewer,
                {"recommendation": "file", "business_category": c.business.pk, "units": units},
            )
        else:
            do(P.UNDO_DECISION, other, c.head, {"reason": "再议"})


def second_thoughts(do, c):
    """分案 and back, a return whose time is over, a merge answered, a suggestion signed for."""
    case, main = make.reviewed(c), make.filed(c)
    moved = [case.suggestions.last().pk]
    do(P.SPLIT, case, c.staff, {"suggestions": moved, "title": "另一件事", "situation": "情况。", "reason": "两件事"})
    do(P.UNDO_SPLIT, case, c.staff, {"reason": "还是一件事"})
    do(P.RETURN, case, c.head, {"reason": "请补充", "change_due_on": timezone.localdate().isoformat()})
    Proposal.objects.filter(pk=case.pk).update(change_due_on="2026-01-01")
    drafting.save(case, c.author, {"situation": "改了一半"})
    do(P.TAKE_BACK, case, c.staff, {"reason": "到期未改"})
    do(P.MERGE, case, c.head, {"into": main.pk, "reason": "内容相同"})
    do(P.ANSWER_MERGE, case, c.author, {"answer": "object", "reason": "不是一回事"})
    do(P.UNDO_DECISION, case, c.head, {"reason": "提案人有异议"})
    reason = RejectionReason.objects.first().pk
    way = {"rejection_reason": reason, "reason": "转有关单位", "disposition": "suggestion"}
    do(P.REJECT, case, c.head, {**way, "disposition_unit": c.unit.pk})
    do(P.ACKNOWLEDGE_SUGGESTION, case, c.operator, {"adopted": "adopted", "reason": "已列入计划"})
    register(Disposition.OPINION, Opinions())
    do(P.REJECT, make.reviewed(c), c.head, {**way, "disposition": "opinion"})
    assert convert_waiting() == 1


def handle(do, c):
    proposal = make.filed(c)
    units = {"division": "lead", "unit": c.third_unit.pk, "others": [c.other_unit.pk]}
    do(P.ASSIGN, proposal, c.staff, units)
    first = make.share(proposal, c.third_unit)
    back = {"reason": "不属本单位职责", "suggested_unit": c.unit.pk}
    do(A.REQUEST_RETURN, first, c.third_operator, back)
    do(A.REFUSE_RETURN, first, c.dispatch, {"reason": "职责明确"})
    do(A.REQUEST_RETURN, first, c.third_operator, back)
    do(A.APPROVE_RETURN, first, c.dispatch, {"new_unit": c.unit.pk})
    mine, assist = make.share(proposal, c.unit), make.share(proposal, c.other_unit)
    do(A.SIGN_FOR, mine, c.operator)
    do(A.SIGN_FOR, assist, c.other_operator)
    do(A.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意安排经费。"})
    do(A.REFUSE_SIGN_OFF, assist, c.other_leader, {"reason": "请写明数额"})
    do(A.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意安排经费二十万元。"})
    do(A.SIGN_OFF, assist, c.other_leader, {})
    return mine


def reply(do, c, mine, result_class):
    make.contact(c, mine)
    make.write_reply(mine, c.operator, result_class)
    do(A.SEND_DRAFT, mine, c.operator)
    make.write_reply(mine, c.operator, "C" if result_class == "A" else "A")
    do(A.SEND_DRAFT, mine, c.operator)
    make.write_reply(mine, c.operator, result_class)
    do(A.SEND_DRAFT, mine, c.operator)
    do(A.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    do(A.SUBMIT_REPLY, mine, c.operator)
    do(A.SIGN_OFF, mine, c.leader, {})
    do(A.CHECK_BACK, mine, c.dispatch, {"reason": "错字"})
    do(A.SUBMIT_REPLY, mine, c.operator)
    do(A.SIGN_OFF, mine, c.leader, {})
    do(A.CHECK, mine, c.dispatch, {})
    do(A.UPLOAD_SCAN, mine, c.operator, {"scan": make.sealed(c.operator).pk})
    do(A.NOTE, mine, c.leader, {"reason": "请今天发出"})
    do(A.SEND, mine, c.operator)
    do(A.WRITE_SUPPLEMENT, mine, c.operator, {"body": "减速带已经装好。"})
    do(A.REFUSE_SUPPLEMENT, mine, c.leader, {"reason": "请写明日期"})
    do(A.WRITE_SUPPLEMENT, mine, c.operator, {"body": "减速带已于昨日装好。"})
    do(A.SIGN_SUPPLEMENT, mine, c.leader)


def rate(do, c, mine):
    bad = make.rating("satisfied", "dissatisfied", "没有解决")
    do(A.RATE, mine, c.author, bad)
    reply(do, c, mine, "B")
    paper = {**bad, "person": c.author.person_id, "scan": make.scan(c.staff).pk}
    do(A.RATE_BY_PROXY, mine, c.staff, paper)
    do(P.RECORD_MEETING, mine.proposal, c.staff, make.meeting("again"))
    reply(do, c, mine, "A")
    corrected = {"result_class": "C", "disclosure": "summary", "reason": "登记有误"}
    do(A.CORRECT_REPLY, mine, c.head, corrected)
    do(A.CORRECT_REPLY, mine, c.head, {**corrected, "disclosure": "public", "result_class": "A"})
    do(A.VOID_CONTACT, mine, c.head, {"contact": mine.contacts.filter(method="visit").last().pk, "reason": "日期有误"})
    do(P.PUBLISH, mine.proposal, c.staff)
    do(P.UNPUBLISH, mine.proposal, c.staff, {"reason": "核对"})
    do(A.RATE, mine, c.author, make.rating())
    do(A.RATE_PROPOSAL, mine, c.operator, make.quality())
    do(
        A.VOID_RATING,
        mine,
        c.head,
        {"rating": Rating.objects.get(reply__round=3, reply__assignment=mine).pk, "reason": "选错"},
    )
    do(P.CORRECT, mine.proposal, c.head, {"field": "publish_consent", "consent": "no", "reason": "来电"})
    do(P.CORRECT, mine.proposal, c.head, {"field": "title", "text": "更正后的案由", "reason": "错字"})


def change(do, c):
    proposal = make.filed(c)
    do(P.ASK_AMEND, proposal, c.author, make.amended(make.assigned(c), "一"))
    request = ChangeRequest.objects.get(proposal=proposal, state="pending")
    do(R.REFUSE, request, c.head, {"reason": "不必改"})
    do(P.ASK_AMEND, proposal, c.author, make.amended(proposal, "二"))
    do(R.TAKE_BACK, ChangeRequest.objects.get(proposal=proposal, state="pending"), c.author)
    mine = make.checked(c, make.signed(c))
    do(P.ASK_AMEND, mine.proposal, c.author, make.amended(mine.proposal, "三"))
    do(R.GRANT, ChangeRequest.objects.get(proposal=mine.proposal, state="pending"), c.head, {})
    joint = make.cosigning(c)
    do(P.SUBMIT, joint, c.author)
    do(P.ASK_AMEND, joint, c.author, make.amended(joint, "四"))
    do(R.GIVE_VIEW, ChangeRequest.objects.get(proposal=joint), c.cosigner, {"agrees": "true"})
    do(P.WITHDRAW, joint, c.author, {"reason": "不提了"})
    do(P.ASK_WITHDRAWAL, mine.proposal, c.author, {"reason": "已经解决"})
    do(R.GRANT, ChangeRequest.objects.get(proposal=mine.proposal, state="pending"), c.head, {})


def reply_without_a_late_opinion(do, c):
    mine = make.signed(c, division="lead")
    assist = make.share(mine.proposal, c.other_unit)
    Assignment.objects.filter(pk=assist.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    do(A.SEND, make.checked(c, mine), c.operator)


def prolong(do, c):
    """延期 refused, asked again and granted; lapsed with a return; a date by the head after six months."""
    mine, back = make.signed(c), make.signed(c)
    days = [(mine.due_on + timedelta(days=n)).isoformat() for n in (10, 12)]
    do(A.REQUEST_EXTENSION, mine, c.operator, {"wanted_on": days[0], "reason": "需论证"})
    do(E.REFUSE, mine.extensions.get(state="pending"), c.dispatch, {"reason": "请抓紧"})
    do(A.REQUEST_EXTENSION, mine, c.operator, {"wanted_on": days[1], "reason": "需资金"})
    do(E.GRANT, mine.extensions.get(state="pending"), c.dispatch, {})
    do(A.REQUEST_EXTENSION, back, c.operator, {"wanted_on": days[0], "reason": "需论证"})
    do(A.REQUEST_RETURN, back, c.operator, {"reason": "不属本单位职责", "suggested_unit": c.third_unit.pk})
    do(A.APPROVE_RETURN, back, c.dispatch, {"new_unit": c.third_unit.pk})
    Assignment.objects.filter(pk=mine.pk).update(first_assigned_at=timezone.now() - timedelta(days=190))
    soon = (timezone.localdate() + timedelta(days=30)).isoformat()
    do(A.SET_DUE, mine, c.head, {"due_on": soon, "reason": "牵涉上级审批"})


def supervise(do, c):
    """A 重点提案 from candidate to summary, a record that asks something, a 批示, a report, voiding; then it is revoked."""
    case, day = make.assigned(c), timezone.localdate().isoformat()
    mine = make.share(case, c.unit)
    leader = people.holder(people.organization("leadership"), "leader")
    chair = people.member("", seat_kind="chair")
    for act in (P.DECLINE_KEY, P.DECIDE_KEY):
        do(P.NOMINATE_KEY, case, c.staff, {"reason": "群众关注"})
        do(P.CONSULT_KEY, case, c.staff, {"asked": "民盟", "on": day, "supports": "yes"})
        do(act, case, c.head, {"on": day, "document_number": "3号", "reason": "研究决定"})
    do(P.NAME_LEADERS, case, c.staff, {"leader": leader.person_id, "supervisor": chair.person_id})
    asked = {"demand_1": "增设减速带", "unit_1": mine.pk, "due_1": day}
    seen = {"form": "visit", "on": day, "participants": "三方", "findings": "偏慢。"}
    do(P.SUPERVISE, case, c.dispatch, {**seen, **asked})
    do(P.INSTRUCT, case, leader, {"text": "请抓紧。"})
    do(A.ANSWER_DEMAND, mine, c.operator, {"demand": mine.demands.first().pk, "answer": "已办。"})
    do(P.VOID_SUPERVISION, case, c.dispatch, {"record": case.supervisions.last().pk, "reason": "登记有误"})
    do(P.SUMMARISE_KEY, case, c.staff, {"summary": "已督办一次。"})
    do(P.REVOKE_KEY, case, c.head, {"reason": "改为一般提案"})


def screen(do, c):
    lead = make.lead(c)
    do(L.OFFER, lead, c.staff, {})
    do(L.SCREEN_AGAIN, lead, c.staff, {"reason": "核实"})
    do(L.DECLINE, lead, c.staff, {"decline_reason": "known", "reason": "已有提案"})
    do(L.SCREEN_AGAIN, lead, c.staff, {"reason": "核实"})
    do(L.REDIRECT, lead, c.staff, {"channel": "县信访局", "reason": "属个人诉求"})
    do(L.SCREEN_AGAIN, lead, c.staff, {"reason": "核实"})
    do(L.OFFER, lead, c.staff, {})
    do(L.USE, lead, c.author)


def press(do, c):
    """Urging; promises put off, kept and confirmed, replaced by a new round and voided; B 类转 A 类."""
    late = make.share(make.assigned(c), c.unit)
    Assignment.objects.filter(pk=late.pk).update(sign_due_on="2026-01-01")
    do(A.URGE, late, c.staff, {"kind": "urge", "reason": "请抓紧"})
    Urge.objects.all().delete()
    mine = make.replied(c, make.signed(c), result_class="B")
    promise = Commitment.objects.get(reply__assignment=mine)
    day = timezone.localdate()
    do(M.URGE, promise, c.dispatch, {})
    do(M.REPORT_PROGRESS, promise, c.operator, {"on": str(day), "content": "已招标"})
    new = {"new_due_on": str(day.replace(year=day.year + 2, day=1)), "reason": "资金未到"}
    do(M.POSTPONE, promise, c.operator, new)
    kept = {"done_on": str(day), "result": "已办成"}
    do(M.REPORT_DONE, promise, c.operator, kept)
    do(M.NOT_DONE, promise, c.dispatch, {"reason": "还差一段"})
    do(M.REPORT_DONE, promise, c.operator, kept)
    do(M.CONFIRM_DONE, promise, c.staff, {})
    why = {"reason": "已全部落实"}
    do(A.PROPOSE_UPGRADE, mine, c.operator, why)
    do(A.DECLINE_UPGRADE, mine, c.author, why)
    for decide in (A.REFUSE_UPGRADE, A.GRANT_UPGRADE):
        do(A.PROPOSE_UPGRADE, mine, c.staff, why)
        do(A.CONSENT_UPGRADE, mine, c.author, {})
        do(decide, mine, c.head, why)
    again = make.replied(c, make.signed(c), result_class="B")
    do(A.RATE, again, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    make.replied(c, again, result_class="B")
    do(M.VOID, Commitment.objects.get(reply__assignment=again, state="open"), c.head, why)


@pytest.fixture(autouse=True)
def _handlers_of_its_own(monkeypatch):
    monkeypatch.setattr(dispositions, "_handlers", {})


def test_every_act_keeps_to_its_budget(c, meter):
    for _ in range(2):  # the first time also fills what later ones find: number series, due rules, posts
        draft_for_a_member(meter.perform, c)
        answer_for_a_paper(meter.perform, c)
        co_sign(meter.perform, c)
        collective(meter.perform, c)
        support(meter.perform, c)
        review(meter.perform, c)
        second_thoughts(meter.perform, c)
        mine = handle(meter.perform, c)
        reply(meter.perform, c, mine, "B")
        rate(meter.perform, c, mine)
        honour(meter.perform, c, closed(c))
        meter.perform(P.MOVE_OFFLINE, make.submitted(c), c.staff, {"reason": "须走保密渠道"})
        change(meter.perform, c)
        screen(meter.perform, c)
        prolong(meter.perform, c)
        passing_on.every_act(meter.perform, c)
        reply_without_a_late_opinion(meter.perform, c)
        press(meter.perform, c)
        supervise(meter.perform, c)
        announcements.every_act(meter.perform, c)
        opinions.every_act(meter.perform, c)
        consultations.every_act(meter.perform, c)
        every_correction(meter.perform, c)
        grassroots.every_act(meter.perform, c)
    print("\n".join(f"{count:4} {name}" for name, count in sorted(meter.said.items())))
    assert {name for name, count in meter.said.items() if count > BUDGET} == OUTSIDE
    reachable = {f"{p.name}.{row.act}" for p in all_processes() for row in p.transitions if row.sources}
    assert reachable - meter.said.keys() == {"proposal.close_cosigning", "proposal.close_unrated"}
