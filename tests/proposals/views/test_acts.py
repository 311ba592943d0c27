"""The page of an act: its form, its refusals with reason and next step, and what was typed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.models import Attachment
from proposals import wording
from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import Assignment, Proposal, Rating
from proposals.roles import Role
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform
from workflow.transition import process_named

from .test_inviting import invited

MERGE_PAGE = 14
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def state(case) -> str:
    return type(case).objects.get(pk=case.pk).state


@pytest.mark.parametrize("process", ["proposal", "assignment", "cosignature", "change_request", "lead"])
def test_every_act_of_a_person_says_what_follows_and_that_it_is_done(process):
    acts = {str(r.act) for r in process_named(process).transitions if r.sources and r.roles != (Role.SYSTEM,)}
    assert {str(act) for act, (before, after) in wording.WORDS[process].items() if before and after} == acts


def test_the_page_names_the_case_and_what_will_follow(c, browse):
    mine = make.share(make.assigned(c), c.unit)
    page = browse(c.operator).go(f"/proposals/assignments/{mine.pk}/acts/sign_for/")
    assert "县政协十一届四次会议第 001 号" in page.text
    assert "现在由 县教育局 签收，应于" in page.text
    assert "签收后由本单位办理；如不属本单位职责，请在退办期限内申请退办。" in page.text
    assert "增设减速带" in page.text


def test_a_wrong_form_keeps_what_was_typed(c, browse):
    page = browse(c.head).go(f"/proposals/{make.reviewed(c).pk}/acts/reject/")
    page = page.press("不予立案", disposition="suggestion", reason="已超出本级事权")
    assert page.status == 400
    assert page.text.startswith("错误：不予立案")
    assert ("reason", "已超出本级事权") in page.form("不予立案").values
    assert ("转意见建议须选择转送单位。", "#id_disposition_unit") in page.links


def test_a_page_seen_before_a_change_comes_back_with_the_text(c, browse):
    proposal = make.reviewed(c)
    page = browse(c.head).go(f"/proposals/{proposal.pk}/acts/return/")
    perform(ProposalAct.REVIEW_AGAIN, proposal, c.head, {"reason": "再看"})
    data = {"recommendation": "file", "business_category": c.business.pk}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, data)
    page = page.press("退回修改", reason="请写明地点")
    assert page.status == 409
    assert "这件事项刚刚被其他人更新过。" in page.text
    assert "您填写的内容没有提交。" in page.text
    page = page.press("退回修改")
    assert (page.status, state(proposal)) == (200, "returned")
    assert "请写明地点" in page.text


def test_an_act_no_longer_open_hands_the_text_back(c, browse):
    proposal = make.reviewed(c)
    page = browse(c.head).go(f"/proposals/{proposal.pk}/acts/return/")
    perform(ProposalAct.FILE, proposal, c.head, {})
    page = page.press("退回修改", reason="请写明地点")
    assert page.status == 409
    assert "目前状态是“已立案（待交办）”，不能“退回修改”。" in page.text
    assert "请写明地点" in page.text


def test_a_guard_says_why_before_the_form(c, browse):
    page = browse(c.staff).go(f"/proposals/{make.filed(c, numbered=False).pk}/acts/assign/")
    assert page.status == 409
    assert "这件提案还没有编号。 请先编号，再交办。" in page.text
    assert "交办" not in page.labels()


def test_each_refusal_has_its_status(c, browse):
    proposal = make.submitted(c)
    go = lambda who, act: browse(getattr(c, who)).go(f"/proposals/{proposal.pk}/acts/{act}/").status  # noqa: E731
    assert [go("operator", "file"), go("staff", "withdraw"), go("head", "file"), go("head", "nonsense")] == [
        404, 403, 409, 403,
    ]  # fmt: skip


def test_a_denied_post_changes_nothing(c, browse):
    proposal = make.submitted(c)
    for who, status in (("operator", 404), ("staff", 403)):
        response = browse(getattr(c, who)).client.post(f"/proposals/{proposal.pk}/acts/withdraw/", {"reason": "试"})
        assert (response.status_code, state(proposal)) == (status, "submitted")


def test_what_left_ones_sight_leads_to_the_list(c, browse):
    mine = make.share(make.assigned(c), c.unit)
    perform(AssignmentAct.REQUEST_RETURN, mine, c.operator, {"reason": "不属职责", "suggested_unit": c.third_unit.pk})
    page = browse(c.dispatch).go(f"/proposals/assignments/{mine.pk}/acts/approve_return/")
    page = page.press("同意退办并改交", new_unit=c.third_unit.pk)
    assert page.url == f"/proposals/{mine.proposal_id}/"
    assert browse(c.operator).go(f"/proposals/assignments/{mine.pk}/acts/sign_for/").status == 404


def test_declining_leads_to_the_list(c, browse):
    signature = invited(c, c.invitee)
    page = (
        browse(c.invitee).go(f"/proposals/cosignatures/{signature.pk}/acts/decline/").press("谢绝", reason="另有提案")
    )
    assert (page.url, state(signature)) == ("/proposals/", "declined")
    assert "已谢绝联名。" in page.text


def test_a_scan_comes_with_the_form_and_survives_an_error(c, browse):
    mine = make.replied(c, make.signed(c))
    page = browse(c.staff).go(f"/proposals/assignments/{mine.pk}/acts/rate_by_proxy/")
    scan = {"scan_files": SimpleUploadedFile("评价表.pdf", PDF, "application/pdf")}
    page = page.press("代录评价", files=scan, person=c.author.person_id)
    assert page.status == 400
    assert "评价表.pdf" in page.text
    page = page.press("代录评价", attitude="satisfied", result="basically")
    assert "评价已代录。" in page.text
    assert list(Rating.objects.values_list("by_proxy", "person")) == [(True, c.author.person_id)]
    assert list(Attachment.objects.values_list("subject", "subject_id")) == [("proposals.rating", mine.pk)]


def test_a_bad_scan_says_why(c, browse):
    mine = make.replied(c, make.signed(c))
    page = browse(c.staff).go(f"/proposals/assignments/{mine.pk}/acts/rate_by_proxy/")
    page = page.press(
        "代录评价", files={"scan_files": SimpleUploadedFile("表.exe", b"MZ" * 9)}, person=c.author.person_id
    )
    assert page.status == 400
    assert "“表.exe”不是可以上传的文件类型" in page.text


def test_a_scan_can_be_taken_out_again(c, browse):
    mine = make.replied(c, make.signed(c))
    page = browse(c.staff).go(f"/proposals/assignments/{mine.pk}/acts/rate_by_proxy/")
    scan = {"scan_files": SimpleUploadedFile("评价表.pdf", PDF, "application/pdf")}
    page = page.press("代录评价", files=scan, person=c.author.person_id)
    page = page.press("移除：评价表.pdf", reason="稍后再录")
    assert (page.status, "评价表.pdf" in page.text) == (200, False)
    assert ("reason", "稍后再录") in page.form("代录评价").values


def test_several_units_are_ticked_not_picked(c, browse):
    page = browse(c.staff).go(f"/proposals/{make.filed(c).pk}/acts/assign/")
    page = page.press("交办", division="lead", unit=c.unit.pk, others=[c.other_unit.pk, c.third_unit.pk])
    assert "已交办。" in page.text
    kinds = Assignment.objects.order_by("position").values_list("unit__name", "kind")
    assert list(kinds) == [("县教育局", "lead"), ("县财政局", "assist"), ("县水利局", "assist")]


@pytest.mark.parametrize("value", ["长" * 501, "a\x00b", "", "   "])
def test_a_reason_that_cannot_be_stored(c, browse, value):
    proposal = make.submitted(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/acts/withdraw/").press("撤回", reason=value)
    assert (page.status, state(proposal)) == (400, "submitted")


@pytest.mark.parametrize("value", ["😀𠮷", "<b>粗</b>", "' OR 1=1 --", "第一行\r\n第二行"])
def test_an_odd_reason_is_kept_as_written(c, browse, value):
    proposal = make.submitted(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/acts/withdraw/").press("撤回", reason=value)
    assert (page.status, state(proposal)) == (200, "withdrawn")
    assert "<b>粗</b>" not in page.response.content.decode()


def test_hostile_versions_and_numbers(c, browse):
    proposal = make.submitted(c)
    client = browse(c.author).client
    assert (
        client.post(f"/proposals/{proposal.pk}/acts/withdraw/", {"version": "9" * 40, "reason": ""}).status_code == 400
    )
    assert client.post(f"/proposals/{proposal.pk}/acts/withdraw/", {"version": "x", "reason": ""}).status_code == 400
    assert client.get(f"/proposals/{10**17}/acts/withdraw/").status_code == 404
    assert Proposal.objects.get().state == "submitted"


def test_a_refusal_leads_to_the_case_while_it_is_in_sight(c, browse):
    proposal = make.submitted(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/acts/submit/")
    assert (page.status, "这一步没有办成" in page.text) == (409, True)
    assert page.follow("查看这件提案").url == f"/proposals/{proposal.pk}/"
    page = browse(c.operator).go(f"/proposals/{proposal.pk}/acts/submit/")
    assert (page.status, "没有找到这件事项" in page.text, page.has_link("查看这件提案")) == (404, True, False)
    assert "这一步没有办成" not in page.text


def test_the_receipt_speaks_once(c, browse):
    """Nothing is left to be said on the page after it."""
    browser = browse(c.author)
    page = browser.go(f"/proposals/{make.draft(c).pk}/acts/submit/").press("提交")
    assert page.url.endswith("/receipt/")
    assert "提案已提交。" not in browser.go("/proposals/").text


def test_a_co_signer_is_told_what_their_rating_does(c, browse):
    proposal = make.cosigning(c)
    perform(ProposalAct.SUBMIT, proposal, c.author)
    data = {"recommendation": "file", "business_category": c.business.pk}
    perform(ProposalAct.PRE_REVIEW, proposal, c.reviewer, data)
    perform(ProposalAct.FILE, proposal, c.head, {})
    perform(ProposalAct.NUMBER, proposal, c.staff)
    perform(ProposalAct.ASSIGN, proposal, c.staff, {"division": "sole", "unit": c.unit.pk})
    mine = make.share(proposal, c.unit)
    perform(AssignmentAct.SIGN_FOR, mine, c.operator)
    make.replied(c, mine)
    url, again = f"/proposals/assignments/{mine.pk}/acts/rate/", "由承办单位重新办理"
    assert again in browse(c.author).go(url).text
    page = browse(c.cosigner).go(url)
    assert again not in page.text
    assert "办理以第一提案人的评价为准，您的评价一并记录，承办单位以后也能看到。" in page.text


def test_nobody_left_to_rate_is_no_act_for_the_staff(c, browse):
    mine = make.replied(c, make.signed(c))
    assert browse(c.staff).go(f"/proposals/{mine.proposal_id}/").has_link("代录评价")
    perform(AssignmentAct.RATE, mine, c.author, make.rating())
    assert "代录评价" not in browse(c.staff).go(f"/proposals/{mine.proposal_id}/").labels()
    page = browse(c.staff).go(f"/proposals/assignments/{mine.pk}/acts/rate_by_proxy/")
    assert (page.status, "这份答复的提案人和联名人都已评价。" in page.text) == (409, True)


def test_an_assisting_unit_reads_its_own_date_on_its_pages(c, browse):
    assist = make.share(make.assigned(c, "lead"), c.other_unit)
    page = browse(c.other_operator).go(f"/proposals/assignments/{assist.pk}/acts/sign_for/")
    assert "现在由 县财政局 签收，应于" in page.text


def test_whoever_proposes_is_addressed(c, browse):
    mine = make.replied(c, make.signed(c))
    for url in (f"/proposals/{mine.proposal_id}/", f"/proposals/assignments/{mine.pk}/acts/rate/"):
        assert "现在由 您 评价，应于" in browse(c.author).go(url).text


def test_the_main_case_is_looked_for_in_a_list_by_number(c, browse):
    mains = [make.filed(c, title=f"关于第 {n} 件事的提案") for n in range(3)]
    page = browse(c.head).go(f"/proposals/{make.reviewed(c).pk}/acts/merge/")
    content = page.response.content.decode()
    found = re.findall(r'data-keys="(\S+)"><input type="radio" name="into" value="(\d+)"', content)
    assert found == [(f"00{n}关于第{n - 1}件事的提案", str(main.pk)) for n, main in enumerate(mains, start=1)]
    page = page.press("并案", into=mains[1].pk, reason="内容相同")
    assert Proposal.objects.get(merged_into=mains[1]).state == "merged"


def test_a_list_of_main_cases_costs_the_same_for_one_and_three(c, browse):
    case, browser, counts = make.reviewed(c), browse(c.head), []
    for _ in range(2):
        make.filed(c)
        browser.go(f"/proposals/{case.pk}/acts/merge/")
        with CaptureQueriesContext(connection) as seen:
            browser.go(f"/proposals/{case.pk}/acts/merge/")
        counts.append(len(seen))
        make.filed(c)
    assert counts == [MERGE_PAGE, MERGE_PAGE]


@pytest.mark.parametrize(
    ("act", "who", "field"), [("pre_review", "reviewer", "recommendation"), ("reject", "head", "disposition")]
)
def test_nothing_of_consequence_is_chosen_beforehand(c, browse, act, who, field):
    case = make.submitted(c) if act == "pre_review" else make.reviewed(c)
    page = browse(getattr(c, who)).go(f"/proposals/{case.pk}/acts/{act}/")
    assert [value for name, value in page.forms[-1].values if name == field] in ([""], [])


def test_the_reviewer_finds_the_proposers_units_ticked(c, browse):
    case = make.submitted(c)
    case.suggested_units.set([c.third_unit])
    page = browse(c.reviewer).go(f"/proposals/{case.pk}/acts/pre_review/")
    assert [value for name, value in page.form("初审").values if name == "units"] == [str(c.third_unit.pk)]


def test_units_stand_in_the_official_order(c, browse):
    for name, system in (("县残联", "other"), ("出山镇", "township"), ("县委组织部", "party")):
        people.organization("unit", name, system=system)
    page = browse(c.author).go(f"/proposals/{make.draft(c).pk}/edit/")
    order = [page.text.index(word) for word in ("党委系统", "政府系统", "乡镇（街道）", "其他 县残联")]
    assert order == sorted(order)
