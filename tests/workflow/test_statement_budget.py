"""Design §11: an act takes at most twelve statements, BEGIN and COMMIT (here: the savepoint's) included.

Acts that another act causes count by themselves; the actor's posts were asked by the page before.
"""

import sys

import pytest
from django.db import connection

from members.models import Delegation
from proposals import drafting
from proposals.acts import AssignmentAct as A
from proposals.acts import CosignatureAct as C
from proposals.acts import ProposalAct as P
from proposals.models import RejectionReason
from tests.factories import county as make
from tests.factories import people
from workflow import engine
from workflow.transition import all_processes

pytestmark = pytest.mark.django_db
BUDGET = 12
OUTSIDE = {"assignment.rate_by_proxy"}  # attaches the scanned form, which locks and counts files


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
    do(A.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    do(A.SUBMIT_REPLY, mine, c.operator)
    do(A.SIGN_OFF, mine, c.leader, {})
    do(A.CHECK_BACK, mine, c.dispatch, {"reason": "错字"})
    do(A.SUBMIT_REPLY, mine, c.operator)
    do(A.SIGN_OFF, mine, c.leader, {})
    do(A.CHECK, mine, c.dispatch, {})
    do(A.SEND, mine, c.operator)


def rate(do, c, mine):
    bad = make.rating("satisfied", "dissatisfied", "没有解决")
    do(A.RATE, mine, c.author, bad)
    reply(do, c, mine, "B")
    paper = {**bad, "person": c.author.person_id, "scan": make.scan(c.staff).pk}
    do(A.RATE_BY_PROXY, mine, c.staff, paper)
    do(P.RECORD_MEETING, mine.proposal, c.staff, make.meeting("again"))
    reply(do, c, mine, "A")
    do(P.PUBLISH, mine.proposal, c.staff)
    do(P.UNPUBLISH, mine.proposal, c.staff, {"reason": "核对"})
    do(A.RATE, mine, c.author, make.rating())
    do(P.CORRECT, mine.proposal, c.head, {"field": "title", "text": "更正后的案由", "reason": "错字"})


def test_every_act_keeps_to_its_budget(c, meter):
    for _ in range(2):  # the first time also fills what later ones find: number series, due rules, posts
        draft_for_a_member(meter.perform, c)
        answer_for_a_paper(meter.perform, c)
        co_sign(meter.perform, c)
        review(meter.perform, c)
        mine = handle(meter.perform, c)
        reply(meter.perform, c, mine, "B")
        rate(meter.perform, c, mine)
    print("\n".join(f"{count:4} {name}" for name, count in sorted(meter.said.items())))
    assert {name for name, count in meter.said.items() if count > BUDGET} == OUTSIDE
    reachable = {f"{p.name}.{row.act}" for p in all_processes() for row in p.transitions if row.sources}
    assert reachable - meter.said.keys() == {"proposal.close_cosigning", "proposal.close_unrated"}
