"""The writing page without JavaScript: nothing has to be complete, nothing is lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.models import Attachment
from members.models import Session
from proposals import drafting
from proposals.acts import ProposalAct
from proposals.models import Proposal
from tests.factories import county as make
from tests.factories import people
from workflow.engine import perform

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def texts(proposal=None) -> list[str]:
    return [s.text for s in (proposal or Proposal.objects.get()).suggestions.all()]


def test_opening_the_page_stores_nothing(c, browse):
    page = browse(c.author).go("/proposals/new/")
    assert page.status == 200
    assert Proposal.objects.count() == 0


def test_a_first_save_opens_the_draft_and_stays_on_it(c, browse):
    page = browse(c.author).go("/proposals/new/").press("保存草稿", title="关于停车的提案")
    proposal = Proposal.objects.get()
    assert page.url == f"/proposals/{proposal.pk}/edit/"
    assert (proposal.title, proposal.first_proposer, proposal.state) == ("关于停车的提案", c.author.person, "draft")


def test_everything_on_the_page_is_kept(c, browse):
    units = [c.unit.pk, c.third_unit.pk]
    browse(c.author).go("/proposals/new/").press(
        "保存草稿", title="关于停车的提案", situation="第一段\r\n\r\n第二段 ", business_category=c.business.pk,
        units=units, no_secrets="on", own_work="on", publish_consent="false", publish_refusal="涉及协商",
        **{"suggestions-0-text": "增设车位"},
    )  # fmt: skip
    proposal = Proposal.objects.get()
    kept = (
        proposal.situation, proposal.business_category, proposal.no_secrets, proposal.own_work,
        proposal.publish_consent, proposal.publish_refusal, sorted(u.pk for u in proposal.suggested_units.all()),
    )  # fmt: skip
    assert kept == ("第一段\n\n第二段 ", c.business, True, True, False, "涉及协商", sorted(units))
    assert texts() == ["增设车位"]


def test_rows_can_be_added_moved_and_removed(c, browse):
    page = browse(c.author).go("/proposals/new/")
    page = page.press("添加一条", **{"suggestions-0-text": "一"})
    page = page.press("添加一条", **{"suggestions-1-text": "二"})
    page = page.press("保存草稿", **{"suggestions-2-text": "三"})
    assert texts() == ["一", "二", "三"]
    form = page.form("保存草稿")
    send = lambda name, value: page.browser.send(  # noqa: E731
        form, {k: [v for n, v in form.values if n == k] for k in form.names} | {name: [value]}, {}, page.url
    )
    page = send("up_suggestions", "2")
    assert texts() == ["一", "三", "二"]
    form = page.form("保存草稿")
    page = send("remove_suggestions", "0")
    assert texts() == ["三", "二"]
    form = page.form("保存草稿")
    send("down_suggestions", "0")
    assert texts() == ["二", "三"]


def test_too_many_units_are_said_and_nothing_typed_is_lost(c, browse):
    units = [c.unit.pk, c.other_unit.pk, c.third_unit.pk]
    units += [people.organization("unit", f"县第{n}局", system="party").pk for n in range(3)]
    page = browse(c.author).go("/proposals/new/").press("保存草稿", title="关于停车的提案", units=units)
    assert page.status == 400
    assert "错误：" in page.text
    assert ("建议承办单位：最多选 5 个单位，现在选了 6 个，请去掉几个。", "#id_units_0") in page.links
    assert ("title", "关于停车的提案") in page.form("保存草稿").values


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "长" * 101), ("situation", "长" * 5001), ("suggestions-0-text", "长" * 2001),
        ("title", "空\x00字符"), ("situation", "\x00"), ("publish_refusal", "由" * 201),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_comes_back_with_a_reason(c, browse, field, value):
    page = browse(c.author).go("/proposals/new/").press("保存草稿", **{field: value})
    assert page.status == 400
    assert "有 1 处需要改正" in page.text
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("value", ["😀𠮷𪚥", "<script>alert(1)</script>", "' OR 1=1 --", "{{ 7|add:7 }}", "a\r\nb"])
def test_odd_text_is_stored_as_written(c, browse, value):
    page = browse(c.author).go("/proposals/new/").press("保存草稿", situation=value)
    assert page.status == 200
    assert Proposal.objects.get().situation == value.replace("\r\n", "\n")
    assert ("situation", value.replace("\r\n", "\n")) in page.form("保存草稿").values


def test_a_broken_form_is_refused_without_a_crash(c, browse):
    client = browse(c.author).client
    for data in (
        {}, {"title": "x"}, {"suggestions-TOTAL_FORMS": "abc"}, {"suggestions-TOTAL_FORMS": "999999999999"},
        {"suggestions-TOTAL_FORMS": "5000", "suggestions-INITIAL_FORMS": "0"},
        {"suggestions-TOTAL_FORMS": "1", "suggestions-INITIAL_FORMS": "0", "units": ["x", "-1"], "business_category": "x"},
        {"suggestions-TOTAL_FORMS": "1", "suggestions-INITIAL_FORMS": "0", "up_suggestions": "9" * 30, "units": "x"},
    ):  # fmt: skip
        assert client.post("/proposals/new/", data).status_code == 400
    assert Proposal.objects.count() == 0


def test_two_windows_meet_on_a_page_with_both_texts(c, browse):
    proposal = make.draft(c)
    browser = browse(c.author)
    page = browser.go(f"/proposals/{proposal.pk}/edit/")
    drafting.save(proposal, c.author, {"title": "关于另一个窗口的提案"})
    page = page.press("保存草稿", title="关于这个窗口的提案")
    assert page.status == 409
    assert "关于这个窗口的提案" in page.text
    assert "关于另一个窗口的提案" in page.text
    kept = page.press("保留我刚才写的")
    assert (kept.status, Proposal.objects.get().title) == (200, "关于这个窗口的提案")
    assert texts() == ["增设减速带", "错时上下学"]


def test_a_text_locked_meanwhile_is_handed_back_to_copy(c, browse):
    proposal = make.draft(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/edit/")
    perform(ProposalAct.SUBMIT, proposal, c.author)
    page = page.press("保存草稿", situation="刚写的一大段")
    assert page.status == 409
    assert "提案目前是“待审查”，文字已锁定。" in page.text
    assert "刚写的一大段" in page.text


def test_only_proposers_write(c, browse):
    proposal = make.submitted(c)
    found = {who: browse(user).go(f"/proposals/{proposal.pk}/edit/").status for who, user in c.roles().items()}
    reached = {"author": 409, "staff": 403, "head": 403, "reviewer": 403}
    assert found == {who: reached.get(who, 404) for who in c.roles()}


def test_who_may_not_propose_hears_why(c, browse):
    page = browse(c.operator).go("/proposals/new/")
    assert page.status == 403
    assert "只有在任委员和提案单位的联系人、召集人可以写提案。" in page.text


def test_a_contact_writes_for_the_organization(c, browse):
    browse(c.contact).go("/proposals/new/").press("保存草稿", title="关于养老的提案")
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.organization, proposal.first_proposer) == ("collective", c.party, None)


def test_a_member_who_is_a_contact_too_chooses_first(c, browse):
    people.appoint(c.author, c.party, "contact")
    page = browse(c.author).go("/proposals/new/")
    assert "以谁的名义写提案？" in page.text
    page.follow(f"{c.party}（集体提案）").press("保存草稿", title="关于养老的提案")
    page.follow("我本人（个人或联名提案）").press("保存草稿", title="关于停车的提案")
    kinds = dict(Proposal.objects.values_list("title", "kind"))
    assert kinds == {"关于养老的提案": "collective", "关于停车的提案": "individual"}


def test_nobody_writes_for_a_stranger(c, browse):
    assert browse(c.author).go(f"/proposals/new/?for={c.party.pk}").status == 403
    client = browse(c.author).client
    assert client.post("/proposals/new/", {"organization": c.party.pk}).status_code == 403


def test_earlier_drafts_are_offered(c, browse):
    make.draft(c)
    page = browse(c.author).go("/proposals/new/")
    assert page.follow("关于加强校园周边交通管理的提案").url.endswith("/edit/")


def test_files_come_with_the_form_and_can_be_taken_out(c, browse):
    page = browse(c.author).go("/proposals/new/")
    files = {"attachments_files": [SimpleUploadedFile("调研报告.pdf", PDF, "application/pdf")]}
    page = page.press("保存草稿", files=files, title="关于停车的提案")
    proposal = Proposal.objects.get()
    assert list(Attachment.objects.values_list("name", "subject_id")) == [("调研报告.pdf", proposal.pk)]
    page = page.press("移除：调研报告.pdf")
    assert Attachment.objects.of("proposals.proposal", proposal.pk).count() == 0
    assert Proposal.objects.get().title == "关于停车的提案"


def test_a_bad_file_does_not_lose_the_text(c, browse):
    page = browse(c.author).go("/proposals/new/")
    files = {"attachments_files": [SimpleUploadedFile("病毒.exe", b"MZ" * 50)]}
    page = page.press("保存草稿", files=files, title="关于停车的提案")
    assert page.status == 400
    assert "“病毒.exe”不是可以上传的文件类型" in page.text
    assert Proposal.objects.get().title == "关于停车的提案"


def test_the_page_says_which_window_it_is(c, browse):
    c.session.window_closes = timezone.now() + timezone.timedelta(days=1)
    c.session.save()
    assert "还有 23 小时 59 分钟" in browse(c.author).go("/proposals/new/").text
    c.session.window_closes = timezone.now() - timezone.timedelta(seconds=1)
    c.session.save()
    assert "现在提交的是平时提案" in browse(c.author).go("/proposals/new/").text


def test_checking_lists_what_is_missing_and_leads_there(c, browse):
    page = browse(c.author).go("/proposals/new/").press("下一步：检查并提交")
    assert page.url.endswith("/check/")
    assert [text for text, href in page.links if "/edit/#" in href] == [
        "请填写案由", "请填写情况分析", "请至少填写一条具体建议", "请选择类别", "请确认内容不含国家秘密和工作秘密",
        "请确认系本人（本单位）调研撰写", "请选择是否同意公开",
    ]  # fmt: skip
    assert "提交" not in page.labels()
    ids = page.browser.go(page.links[-1][1]).response
    assert ids.status_code == 200


def test_the_receipt_says_number_and_what_happens_next(c, browse):
    proposal = make.draft(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/check/").press("提交")
    assert page.url == f"/proposals/{proposal.pk}/receipt/"
    assert "流水号11-4-0001" in page.text
    assert "现在由 提案委 审查。" in page.text
    assert browse(c.staff).go(page.url).status == 403
    assert browse(c.other_member).go(page.url).status == 404
    assert "闭会期间随到随审" in page.text
    closes = timezone.localdate() + timedelta(days=1)
    Session.objects.update(closes=closes)
    Proposal.objects.update(timing="plenary")
    assert f"大会提案在 {closes.month}月{closes.day}日 大会闭幕前审查完" in browse(c.author).go(page.url).text


def test_a_returned_text_shows_why_and_is_submitted_again(c, browse):
    proposal = make.reviewed(c)
    perform(ProposalAct.RETURN, proposal, c.head, {"reason": "请写明具体地点"})
    page = browse(c.author).go(f"/proposals/{proposal.pk}/edit/")
    assert "请写明具体地点" in page.text
    page = page.press("下一步：检查并提交", situation="县一小门口拥堵。").press("重新提交")
    assert Proposal.objects.get().state == "submitted"
    assert "流水号11-4-0001" in page.text


def test_a_refused_upload_stands_in_the_error_summary(c, browse):
    file = SimpleUploadedFile("安装.exe", b"MZ")
    page = (
        browse(c.author)
        .go("/proposals/new/")
        .press("保存草稿", title="关于停车的提案", files={"attachments_files": file})
    )
    assert (page.status, page.text.startswith("错误：")) == (400, True)
    assert [href for text, href in page.links if text.startswith("“安装.exe”不是")] == ["#id_attachments_files"]


def test_the_same_text_sent_twice_is_no_conflict(c, browse):
    proposal = make.draft(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/edit/")
    for _twice in range(2):
        again = page.press("保存草稿", title="关于停车的提案")
        assert (again.status, again.url) == (200, f"/proposals/{proposal.pk}/edit/")
    assert page.press("保存草稿", title="关于另一件事的提案").status == 409
