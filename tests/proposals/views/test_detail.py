"""The case page: each block is shown to its own audience, and the buttons are exactly the acts one may take."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.models import Attachment
from proposals import drafting
from proposals.acts import AssignmentAct, CosignatureAct, ProposalAct
from proposals.models import Assignment, Proposal, RejectionReason
from proposals.sections import texts
from proposals.sections.way import way
from tests.factories import county as make
from workflow.engine import perform


def case(browse, user, proposal):
    return browse(user).go(f"/proposals/{proposal.pk}/")


def buttons(page) -> list[str]:
    """Links of the card of acts, and what cannot be pressed yet in brackets."""
    live = [text for text, href in page.links if "/acts/" in href or href.endswith(("/edit/", "/reply/"))]
    content = page.response.content.decode()
    dead = [part.split("</button>")[0].split(">")[-1] for part in content.split('aria-disabled="true"')[1:]]
    return live + [f"（{label}）" for label in dead]


def who_sees(c, browse, proposal, words: str) -> set[str]:
    return who_sees_each(c, browse, proposal, words)[0]


def who_sees_each(c, browse, proposal, *sentences: str) -> list[set[str]]:
    """For each sentence the names of those on whose page it stands; every page is loaded once."""
    pages = {name: case(browse, user, proposal).text for name, user in c.roles().items()}
    return [{name for name, text in pages.items() if words in text} for words in sentences]


PROPOSERS, COMMITTEE, UNIT = {"author"}, {"staff", "head", "reviewer"}, {"operator", "leader"}


def test_out_of_reach_is_a_page_that_says_so(c, browse):
    page = case(browse, c.staff, make.draft(c))
    assert page.status == 404
    assert "没有找到这件事项，或者您无权查看。" in page.text
    assert case(browse, c.author, Proposal(pk=10**15)).status == 404


def test_a_draft_offers_writing_and_what_is_missing(c, browse):
    proposal = make.draft(c)
    assert buttons(case(browse, c.author, proposal)) == ["继续编写", "邀请联名", "提交", "撤回", "转线下办理"]
    Proposal.objects.filter(pk=proposal.pk).update(title="")
    page = case(browse, c.author, proposal)
    assert buttons(page) == ["继续编写", "撤回", "转线下办理", "（邀请联名）", "（提交）"]
    assert "还不能提交：请填写案由。请点“继续编写”补充后再提交。" in page.text


def test_who_has_it_until_when(c, browse):
    proposal = make.assigned(c)
    page = case(browse, c.author, proposal)
    assert "现在由 县教育局 签收，应于" in page.text
    assert any(href.startswith("/deadlines/explain/?step=sign&from=") for _text, href in page.links)


def test_the_head_decides(c, browse):
    page = case(browse, c.head, make.reviewed(c))
    assert buttons(page) == [
        "立案", "并案", "退回修改", "退回重审", "分案", "准予作为大会提案", "不予立案", "转线下办理",
    ]  # fmt: skip
    assert buttons(case(browse, c.reviewer, Proposal.objects.get())) == []


def test_recommendations_are_for_the_committee(c, browse):
    assert who_sees(c, browse, make.reviewed(c), "建议立案") == COMMITTEE


def test_contacts_and_the_unwritten_reply(c, browse):
    mine = make.signed(c)
    make.contact(c, mine)
    inside = COMMITTEE | UNIT | {"dispatch"}
    assert who_sees(c, browse, mine.proposal, "商定办理思路") == inside | PROPOSERS


def test_a_draft_reply_is_the_offices_until_it_is_sent_for_comment(c, browse):
    mine = make.signed(c)
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    body, inside = "您提出的提案收悉，现答复如下。", COMMITTEE | UNIT | {"dispatch"}
    assert who_sees(c, browse, mine.proposal, body) == inside
    perform(AssignmentAct.SEND_DRAFT, mine, c.operator)
    assert who_sees(c, browse, mine.proposal, body) == inside | PROPOSERS


def test_a_co_signer_sees_the_reply_once_it_is_sent(c, browse):
    mine = _cosigned_and_signed(c)
    make.contact(c, mine)
    make.write_reply(mine, c.operator)
    perform(AssignmentAct.SEND_DRAFT, mine, c.operator)
    assert "现答复如下" not in case(browse, c.cosigner, mine.proposal).text
    perform(AssignmentAct.COMMENT_ON_DRAFT, mine, c.author, {"comment": "同意"})
    _finish(c, mine)
    page = case(browse, c.cosigner, mine.proposal)
    assert "现答复如下" in page.text
    assert "商定办理思路" not in page.text
    assert buttons(page) == ["评价"]


def _cosigned_and_signed(c) -> Assignment:
    proposal = make.draft(c)
    soon = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    people = [c.cosigner.person_id, c.invitee.person_id]
    perform(ProposalAct.INVITE, proposal, c.author, {"persons": people, "closes_at": soon})
    perform("agree", proposal.cosignatures.get(person=c.cosigner.person), c.cosigner, {"reason": "很有必要"})
    perform("decline", proposal.cosignatures.get(person=c.invitee.person), c.invitee, {"reason": "另有提案"})
    perform(ProposalAct.SUBMIT, proposal, c.author)
    perform(
        ProposalAct.PRE_REVIEW, proposal, c.reviewer, {"recommendation": "file", "business_category": c.business.pk}
    )
    perform(ProposalAct.FILE, proposal, c.head, {})
    perform(ProposalAct.NUMBER, proposal, c.staff)
    perform(ProposalAct.ASSIGN, proposal, c.staff, {"division": "sole", "unit": c.unit.pk})
    mine = make.share(proposal, c.unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    return mine


def _finish(c, mine) -> None:
    perform(AssignmentAct.SUBMIT_REPLY, mine, c.operator)
    perform(AssignmentAct.SIGN_OFF, mine, c.leader, {})
    perform(AssignmentAct.CHECK, mine, c.dispatch, {})
    perform(AssignmentAct.SEND, mine, c.operator)


def test_who_declined_is_not_told_to_units(c, browse):
    proposal = _cosigned_and_signed(c).proposal
    assert who_sees_each(c, browse, proposal, "另有提案", "联名人 李素芬") == [
        {"author", "cosigner"} | COMMITTEE, {"author", "cosigner", "dispatch"} | COMMITTEE | UNIT,
    ]  # fmt: skip


def test_a_rating_is_for_proposers_unit_and_offices(c, browse):
    mine = make.replied(c, make.signed(c))
    perform(AssignmentAct.RATE, mine, c.author, make.rating(reason="答复很实在"))
    perform(ProposalAct.PUBLISH, mine.proposal, c.staff)
    assert who_sees(c, browse, mine.proposal, "答复很实在") == {"author"} | COMMITTEE
    perform(AssignmentAct.RATE_PROPOSAL, mine, c.operator, make.quality())
    assert who_sees(c, browse, mine.proposal, "答复很实在") == {"author", "dispatch"} | COMMITTEE | UNIT
    reader = case(browse, c.other_member, mine.proposal).text
    assert "现答复如下" in reader
    assert "商定办理思路" not in reader


def test_an_opinion_is_for_the_units_and_offices(c, browse):
    mine = make.signed(c, division="lead")
    assist = make.share(mine.proposal, c.other_unit)
    perform(AssignmentAct.SIGN_FOR, assist, c.other_operator)
    perform(AssignmentAct.GIVE_OPINION, assist, c.other_operator, {"opinion": "建议列入预算"})
    own, offices = {"other_operator", "other_leader"}, COMMITTEE | {"dispatch"}
    assert who_sees_each(c, browse, mine.proposal, "会办意见 建议列入预算", "建议列入预算") == [own | offices] * 2
    perform(AssignmentAct.SIGN_OFF, assist, c.other_leader, {})
    assert who_sees(c, browse, mine.proposal, "会办意见 建议列入预算") == own | offices | UNIT


def test_no_phone_of_a_person_is_ever_shown(c, browse):
    mine = make.replied(c, make.signed(c))
    for user in c.roles().values():
        if user.person_id:
            type(user.person).objects.filter(pk=user.person_id).update(phone="13911112222")
    assert who_sees(c, browse, mine.proposal, "13911112222") == set()


def test_polishing_keeps_the_original_and_shows_the_difference(c, browse):
    proposal = make.submitted(c)
    data = {
        "recommendation": "file", "business_category": c.business.pk,
        "title": "关于加强校园周边交通安全管理的提案", "situation": proposal.situation,
    }  # fmt: skip
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, data)
    page = case(browse, c.author, proposal)
    content = page.response.content.decode()
    assert '<ins><span class="visually-hidden">［增加］</span>安全</ins>' in content
    assert "关于加强校园周边交通管理的提案" in page.text
    assert who_sees(c, browse, proposal, "文字存底") == PROPOSERS | COMMITTEE


def test_merged_cases_name_each_other(c, browse):
    main, other = make.filed(c), make.reviewed(c, title="关于校门口停车的提案")
    perform(ProposalAct.MERGE, other, c.head, {"into": main.pk, "reason": "内容相同"})
    page = case(browse, c.staff, main)
    assert ("流水号 11-4-0002《关于校门口停车的提案》", f"/proposals/{other.pk}/") in page.links
    page = case(browse, c.author, other)
    assert "由主提案一并答复" in page.text
    assert page.follow("县政协十一届四次会议第 001 号《关于加强校园周边交通管理的提案》").status == 200


def test_a_rejection_and_a_return_say_why(c, browse):
    returned = make.reviewed(c)
    perform(ProposalAct.RETURN, returned, c.head, {"reason": "请写明具体地点"})
    page = case(browse, c.author, returned)
    assert "提案委退回修改 请写明具体地点" in page.text
    assert buttons(page)[0] == "继续编写"
    rejected = make.reviewed(c)
    reason = RejectionReason.objects.first()
    data = {"rejection_reason": reason.pk, "disposition": "opinion", "reason": "已转社情民意"}
    perform(ProposalAct.REJECT, rejected, c.head, data)
    page = case(browse, c.author, rejected)
    assert f"情形：{reason.text}" in page.text
    assert "去向：转社情民意" in page.text


def test_attachments_are_listed(c, browse):
    proposal = make.submitted(c)
    Attachment.objects.create(
        uploaded_by=c.author, name="调研照片.jpg", size=2048, content_type="image/jpeg", sha256="0" * 64,
        subject="proposals.proposal", subject_id=proposal.pk, file="x",
    )  # fmt: skip
    assert "调研照片.jpg（2.0" in case(browse, c.staff, proposal).text


def test_written_text_is_never_markup(c, browse):
    proposal = make.draft(c, title="<script>alert(1)</script>", suggestions=["<img src=x onerror=alert(2)>", "😀𠮷"])
    content = case(browse, c.author, proposal).response.content.decode()
    assert "<script>alert" not in content
    assert "<img src=x" not in content
    assert "😀𠮷" in content


def test_the_address_of_a_share_leads_to_its_place(c, browse):
    mine = make.signed(c)
    response = browse(c.operator).client.get(f"/proposals/assignments/{mine.pk}/")
    assert response["Location"] == f"/proposals/{mine.proposal_id}/#share-{mine.pk}"
    assert browse(c.other_operator).go(f"/proposals/assignments/{mine.pk}/").status == 404


@pytest.mark.parametrize("suggestions", [1, 3])
def test_queries_do_not_grow_with_the_text(c, browse, suggestions):
    texts = [f"建议 {n}" for n in range(suggestions)]
    mine = make.signed(c, suggestions=texts)
    make.replied(c, mine)
    browser = browse(c.author)
    with CaptureQueriesContext(connection) as seen:
        browser.go(f"/proposals/{mine.proposal_id}/")
    assert len(seen) == 28


def test_dispatch_decides_a_return_with_its_reason_before_it(c, browse):
    mine = make.share(make.assigned(c), c.unit)
    data = {"reason": "不属本单位职责", "suggested_unit": c.third_unit.pk}
    perform(AssignmentAct.REQUEST_RETURN, mine, c.operator, data)
    page = case(browse, c.dispatch, mine.proposal)
    assert "申请退办 不属本单位职责 建议改由：县水利局" in page.text
    assert buttons(page) == ["同意退办并改交", "不同意退办"]


def timeline(page) -> str:
    return page.text.split("办理记录", 1)[1]


def test_notes_are_called_by_their_own_names_and_nothing_is_said_twice(c, browse):
    proposal = make.cosigning(c)
    signature = proposal.cosignatures.get(person=c.invitee.person)
    perform(CosignatureAct.AGREE, signature, c.invitee, {"reason": "很有必要"})
    text = timeline(case(browse, c.author, proposal))
    assert "附言：很有必要" in text
    assert "「同意联名」" not in text
    closes = timezone.localtime(Proposal.objects.get(pk=proposal.pk).cosigning_closes)
    assert f"联名截止时间：{closes.year}年{closes.month}月{closes.day}日 {closes:%H:%M}" in text


def test_a_review_records_only_the_texts_it_changed(c, browse):
    proposal = make.submitted(c)
    Proposal.objects.filter(pk=proposal.pk).update(situation="第一段。\n第二段。")
    data = {"recommendation": "file", "business_category": c.business.pk, "title": "关于校门口停车的提案"}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, data | {"situation": "第一段。\r\n第二段。"})
    text = timeline(case(browse, c.head, proposal))
    assert "案由：关于校门口停车的提案" in text
    assert "情况分析" not in text
    assert Proposal.objects.get(pk=proposal.pk).situation == "第一段。\n第二段。"


def test_the_number_given_is_in_the_record(c, browse):
    assert "案号：第 001 号" in timeline(case(browse, c.author, make.filed(c)))


def test_the_polish_and_the_next_change_are_shown_apart(c, browse):
    proposal = make.submitted(c)
    review = {"recommendation": "return", "business_category": c.business.pk, "title": "关于校门口停车的提案"}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, review)
    perform(ProposalAct.RETURN, proposal, c.head, {"reason": "补充"})
    drafting.save(proposal, c.author, {"situation": "全县共有 12 所。"})
    perform(ProposalAct.SUBMIT, proposal, c.author)
    changed = [[change.label for change in kept.changes] for kept in texts.wordings(Proposal.objects.get())]
    assert changed == [[], ["案由"], ["情况分析"], []]


def test_in_a_further_round_the_way_names_no_reply(c):
    mine = make.replied(c, make.signed(c))
    assert way(Proposal.objects.get())["notes"]["办"].endswith("答复")
    perform(AssignmentAct.RATE, mine, c.author, make.rating("satisfied", "dissatisfied", "没有解决"))
    assert way(Proposal.objects.get())["notes"]["办"].endswith("交办")


def test_those_who_co_signed_a_merged_case_reach_the_main_one(c, browse):
    joined, main = make.cosigning(c), make.filed(c)
    perform(ProposalAct.SUBMIT, joined, c.author)
    perform(ProposalAct.PRE_REVIEW, joined, c.reviewer, {"recommendation": "merge", "business_category": c.business.pk})
    perform(ProposalAct.MERGE, joined, c.head, {"into": main.pk, "reason": "内容相同"})
    page = case(browse, c.cosigner, joined)
    assert page.follow("县政协十一届四次会议第 001 号《关于加强校园周边交通管理的提案》").status == 200
    assert "已并入县政协十一届四次会议第 001 号，随主提案一并答复。主提案现在由提案委或交办机构交办。" in page.text


def test_once_somebody_agreed_every_page_gives_the_same_advice(c, browse):
    proposal = make.cosigning(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/edit/")
    assert "已有委员同意联名，文字不能再改。 如确需修改，请提交后点“申请修改文字”。" in page.text
    assert "请先点“返回修改”" not in page.text
