"""Who has the case and until when: the same sentence on the case page, in the list and in the API."""

from datetime import timedelta

import pytest
from django.utils import timezone

from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.models import Assignment, Proposal
from proposals.standing import standing, standing_of
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def said(user, proposal: Proposal) -> str:
    """The sentence as this reader gets it, read in three ways that must agree."""
    rows = Proposal.objects.with_roles_of(user).filter(pk=proposal.pk)
    sentences = {standing(found.get()).sentence for found in (rows.for_list(), rows.for_acting())}
    (sentence,) = sentences
    return sentence


def day(on) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def test_once_everybody_invited_has_answered_it_is_the_author_s(c):
    proposal = Proposal.objects.get(pk=make.cosigning(c).pk)
    closes = day(timezone.localdate(proposal.cosigning_closes))
    assert said(c.cosigner, proposal) == f"现在由受邀委员确认联名，应于 {closes} 前确认。"
    perform(CosignatureAct.DECLINE, proposal.cosignatures.get(person=c.invitee.person), c.invitee, {})
    assert said(c.cosigner, proposal) == f"现在由周明远提交，应于 {closes} 前提交。"
    assert said(c.author, proposal) == f"现在由您提交，应于 {closes} 前提交。"


def test_the_unit_that_has_to_sign_earlier_is_named(c):
    proposal = make.assigned(c, "separate")
    mine, other = make.share(proposal, c.unit), make.share(proposal, c.other_unit)
    sign_by = day(mine.sign_due_on)
    assert said(c.author, proposal) == f"现在由县财政局、县教育局签收，应于 {sign_by} 前签收。"
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    assert said(c.author, proposal) == f"现在由县财政局签收，应于 {sign_by} 前签收；另有 1 个单位在办。"
    perform(AssignmentAct.SIGN_FOR, other, c.other_operator)
    Assignment.objects.filter(pk=other.pk).update(due_on=mine.due_on + timedelta(days=1))
    assert said(c.author, proposal) == f"现在由县教育局办理，应于 {day(mine.due_on)} 前答复；另有 1 个单位在办。"


def test_a_return_that_waits_for_its_decision_is_never_hidden(c):
    proposal = make.assigned(c, "separate")
    mine = make.share(proposal, c.unit)
    data = {"reason": "职责", "suggested_unit": c.third_unit.pk}
    perform(AssignmentAct.REQUEST_RETURN, mine, c.operator, data)
    by = f"应于 {day(mine.due_on)} 前由承办单位答复"
    assert said(c.author, proposal) == f"现在由交办机构决定是否同意县教育局退办，{by}；另有 1 个单位在办。"


def test_an_assisting_unit_reads_its_own_sentence(c):
    proposal = make.assigned(c, "lead")
    assist = make.share(proposal, c.other_unit)
    assert standing_of(assist).sentence == f"现在由县财政局签收，应于 {day(assist.sign_due_on)} 前签收。"
    perform(AssignmentAct.SIGN_FOR, assist, c.other_operator)
    by = f"，应于 {day(assist.due_on)} 前报会办意见。"
    assert standing_of(assist).sentence == f"现在由县财政局办理{by}"
    perform(AssignmentAct.GIVE_OPINION, assist, c.other_operator, {"opinion": "同意"})
    assert standing_of(assist).sentence == f"现在由县财政局审签会办意见{by}"
    perform(AssignmentAct.SIGN_OFF, assist, c.other_leader, {})
    assert standing_of(assist).sentence == "会办意见已报。"
    assert said(c.author, proposal).startswith("现在由县教育局签收")


def test_whoever_rates_is_addressed(c):
    mine = Assignment.objects.get(pk=make.replied(c, make.signed(c)).pk)
    by = f"，应于 {day(mine.rating_due_on)} 前评价。"
    assert said(c.author, mine.proposal) == f"现在由您评价{by}"
    assert said(c.operator, mine.proposal) == f"现在由周明远评价{by}"
    for user, who in ((c.author, "您"), (c.operator, "周明远")):
        share = Assignment.objects.with_roles_of(user).for_acting().get(pk=mine.pk)
        assert standing_of(share).sentence == f"现在由{who}评价{by}"


def test_both_offices_that_may_hand_out_are_named(c):
    assert said(c.author, make.filed(c)) == "现在由提案委或交办机构交办。"
    assert said(c.author, make.filed(c, numbered=False)) == "现在由提案委编号。"


def test_a_merged_case_names_the_main_one(c):
    joined, main = make.reviewed(c), make.filed(c)
    perform(ProposalAct.MERGE, joined, c.head, {"into": main.pk, "reason": "内容相同"})
    where = "已并入县政协十一届四次会议第 001 号，随主提案一并答复"
    assert said(c.author, joined) == f"{where}。"
    on_its_page = standing(Proposal.objects.for_detail().get(pk=joined.pk)).sentence
    assert on_its_page == f"{where}。主提案现在由提案委或交办机构交办。"
