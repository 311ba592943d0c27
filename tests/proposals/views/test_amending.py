"""申请修改文字 without JavaScript: the text as a form, the difference, the sending, the decision."""

import pytest

from proposals.acts import AssignmentAct, ProposalAct
from proposals.models import ChangeRequest, Proposal
from tests.factories import county as make
from workflow.engine import perform

pytestmark = pytest.mark.django_db


def opened(c, browse, proposal):
    return browse(c.author).go(f"/proposals/{proposal.pk}/").follow("申请修改文字")


def test_from_the_case_page_to_the_decision_and_the_units_view(c, browse):
    proposal = make.assigned(c)
    page = opened(c, browse, proposal).press("添加一条")
    page = page.press(
        "下一步：看改动", title="关于加强校园周边交通安全管理的提案", reason="补充一条",
        **{"suggestions-2-text": "增设护学岗"},
    )  # fmt: skip
    assert ("［增加］安全" in page.text, "3. 增设护学岗" in page.text) == (True, True)
    assert ChangeRequest.objects.count() == 0
    back = page.press("返回再改")
    assert ("suggestions-2-text", "增设护学岗") in back.form("下一步：看改动").values
    page = page.press("提交申请")
    assert "修改申请已提交，由提案委决定。" in page.text
    assert ("待提案委决定" in page.text, page.has_link("撤回申请：修改文字申请")) == (True, True)
    assert "变更申请" not in browse(c.operator).go(f"/proposals/{proposal.pk}/").text
    head = browse(c.head).go(f"/proposals/{proposal.pk}/").follow("同意申请：修改文字申请")
    assert "［增加］安全" in head.text
    assert "已同意申请。" in head.press("同意申请", reason="可以").text
    unit = browse(c.operator).go(f"/proposals/{proposal.pk}/")
    assert ("文字存底" in unit.text, "按申请修改前" in unit.text, "［增加］安全" in unit.text) == (True, True, True)


@pytest.mark.parametrize("fault", ["empty", "unchanged", "long"])
def test_an_invalid_post_keeps_every_word(c, browse, fault):
    page = opened(c, browse, make.filed(c))
    given = {
        "empty": {"title": "", "reason": "写好的理由"}, "unchanged": {"reason": "写好的理由"},
        "long": {"reason": "写好的理由", "suggestions-0-text": "字" * 2001},
    }[fault]  # fmt: skip
    page = page.press("下一步：看改动", **given)
    assert page.status == 400
    values = page.form("下一步：看改动").values
    assert {("reason", "写好的理由"), ("suggestions-1-text", "错时上下学")} <= set(values)
    assert all((name, value) in values for name, value in given.items())


def test_too_late_shows_the_words_to_copy(c, browse):
    mine = make.checked(c, make.signed(c))
    page = opened(c, browse, mine.proposal).press("下一步：看改动", title="新的案由", reason="写好的理由")
    perform(AssignmentAct.SEND, mine, c.operator)
    page = page.press("提交申请")
    assert (page.status, "写好的理由" in page.text, "错时上下学" in page.text) == (409, True, True)


def test_hostile_posts_end_in_a_sentence(c, browse, client):
    proposal = make.filed(c)
    client.force_login(c.author)
    url = f"/proposals/{proposal.pk}/acts/ask_amend/"
    for data in (
        {}, {"compare": "1"}, {"send": "1"}, {"send": "1", "title": "\x00", "suggestions-TOTAL_FORMS": "99999"},
        {"compare": "1", "suggestions-TOTAL_FORMS": "x"}, {"compare": "1", "title": "<b>&</b>" * 100},
        {"add_suggestions": "1"}, {"again": "1", "suggestions-TOTAL_FORMS": "3"},
    ):  # fmt: skip
        assert client.post(url, data).status_code in (200, 400)
    assert Proposal.objects.get(pk=proposal.pk).title == "关于加强校园周边交通管理的提案"
    client.force_login(c.other_member)
    assert client.get(url).status_code == 404
    client.force_login(c.head)
    assert client.get(url).status_code == 403


def test_withdrawal_by_pages(c, browse):
    proposal = make.assigned(c)
    page = browse(c.author).go(f"/proposals/{proposal.pk}/").follow("申请撤案")
    assert page.press("申请撤案", reason="").status == 400
    assert "撤案申请已提交" in page.press("申请撤案", reason="已经解决").text
    browse(c.head).go(f"/proposals/{proposal.pk}/").follow("同意申请：撤案申请").press("同意申请")
    assert "已撤案" in browse(c.author).go(f"/proposals/{proposal.pk}/").text
    assert browse(c.operator).go(f"/proposals/{proposal.pk}/").status == 404
    assert ProposalAct.ASK_AMEND not in browse(c.author).go(f"/proposals/{proposal.pk}/").text
