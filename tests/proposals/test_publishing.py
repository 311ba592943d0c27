"""公开: what is found and masked, what is kept as published, and what nobody ever reads on a public page."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from documents.masking.finding import What, found
from documents.masking.texts import Rules, masked
from documents.models import Attachment
from proposals import invariants
from proposals.acts import ProposalAct as Act
from proposals.kinds import Disclosure
from proposals.models import Proposal, Publication, Reply, Suggestion
from proposals.todo import todo_for
from tests.factories import county as make
from workflow.engine import perform
from workflow.errors import Invalid, Refused

from .views.pages import Browser

pytestmark = pytest.mark.django_db

HOSTILE = {
    "13812345678": "请拨打13812345678联系",
    "138 1234 5678": "电话：138 1234 5678。",
    "１３８１２３４５６７８": "手机１３８１２３４５６７８",
    "138\u200b1234\u200b5678": "联系138\u200b1234\u200b5678即可",
    "138-1234\n5678": "号码138-1234\n5678",
    "一三八一二三四五六七八": "一三八一二三四五六七八",
    "+86 138.1234.5678": "拨+86 138.1234.5678",
    "0396-6222333": "办公室0396-6222333转8",
    "(0396)6222333": "座机(0396)6222333",
    "6222333": "联系电话：6222333",
    "411721199001011234": "身份证411721199001011234",
    "4117 2119 9001 0112 3X": "证号4117 2119 9001 0112 3X",
    "6222021234567890123": "账号6222021234567890123",
    "zhang.san@example.com": "发到zhang.san@example.com",
    "zhangsan＠example．com": "邮箱zhangsan＠example．com",
    "zhang san": "",
    "li (at) example.com": "写li (at) example.com",
    "138、3961、2345": "138、3961、2345",
    "138，3961，2345": "电话138，3961，2345",
    "138～3961～2345": "138～3961～2345",
    "6222345": "有事致电6222345",
    "6222346": "联系电话：0396-6222345、6222346",
    "6222347": "电话：6222345/6222347",
    "6217 0025 1000 1234 567": "卡号6217 0025 1000 1234 567",
    "6222 0217 1500 1234 567": "6222 0217 1500 1234 567",
    "1234 567": "6222 0217 1500 1234 567",
    "zhangsan(a)163.com": "邮箱zhangsan(a)163.com",
    "1\ufe0f\u20e33\ufe0f\u20e38": "联系" + "".join(f"{digit}\ufe0f\u20e3" for digit in "13812345678"),
}
ORDINARY = (
    "2026年全县投入1380万元，惠及12345户，同比增长13.8%。", "建议在文城路、棠溪路增设公交站。", "请拨打12345热线或110。",
    "县教育局、县财政局要会同各乡镇落实，2024年至2026年分三批完成。", "高中老师和小学校长反映，班主任负担重。",
    "2026年4月20日投入3.5亿元、12,345,678元和13,812,345,678元，见第201—205号，2024—2026年完成，补助400、500、600元。",
)  # fmt: skip


@pytest.mark.parametrize("secret", [secret for secret, text in HOSTILE.items() if text])
def test_however_it_is_written_a_number_or_an_address_is_masked(secret):
    text = masked(HOSTILE[secret], Rules(keep=frozenset([secret]))).text
    assert (secret in text, "×××" in text) == (False, True)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_stay(text):
    assert masked(text, Rules()).text == text


def test_addresses_and_names_are_found_and_may_be_kept():
    text = "村民张建国家住柏城街道文城路12号3单元501室，权寨镇郭庄村3组也有；李 素芬同意。"
    finds = [(find.what, find.text) for find in found(text, names=["李素芬"])]
    assert finds == [
        (What.NAME, "张建国"), (What.ADDRESS, "柏城街道文城路12号3单元501室"), (What.ADDRESS, "权寨镇郭庄村3组"), (What.NAME, "李 素芬"),
    ]  # fmt: skip
    kept = masked(text, Rules(names=("李素芬",), keep=frozenset(["权寨镇郭庄村3组"]), chosen=("同意",))).text
    assert kept == "村民×××家住×××，权寨镇郭庄村3组也有；××××××。"


def hostile(c):
    """A replied case full of what must not come out."""
    mine = make.replied(c, make.signed(c))
    Proposal.objects.filter(pk=mine.proposal_id).update(situation="，".join(filter(None, HOSTILE.values())))
    suggestion = Suggestion.objects.filter(proposal=mine.proposal_id).first()
    suggestion.text = "请联系村民张建国，13812345678，家住柏城街道文城路12号3单元501室"
    suggestion.save()
    Reply.objects.update(
        body="周明远委员：经办人吴小兰（0396-6222333）已到文城路12号走访，村民张建国同意。",
        handler_name="吴小兰", handler_phone="0396-6222333",
    )  # fmt: skip
    Attachment.objects.update(subject="proposals.proposal", subject_id=mine.proposal_id)
    return Proposal.objects.get(pk=mine.proposal_id)


@pytest.fixture
def anybody():
    return Browser(Client())


def secrets_in(text: str) -> list[str]:
    secrets = [secret for secret, written in HOSTILE.items() if written]
    return [one for one in (*secrets, "吴小兰", "张建国", "501室", "李素芬") if one in text]


def test_no_public_body_gives_anything_away(c, anybody, browse):
    proposal = hostile(c)
    perform(Act.PUBLISH, proposal, c.staff)
    page = anybody.go(f"/public/{proposal.pk}/")
    listed = anybody.go("/public/?q=村民")
    Proposal.objects.filter(pk=proposal.pk).update(title="关于13812345678的提案")
    mine = browse(c.other_member).go("/proposals/?scope=all")
    assert ("13812345678" in mine.text, "关于加强校园周边交通管理的提案" in mine.text) == (False, True)
    for word, hits in (("走访", True), ("13812345678", False)):  # found by what is shown, not by what is masked
        listed_for = browse(c.other_member).go(f"/proposals/?scope=all&q={word}")
        assert listed_for.has_link("关于加强校园周边交通管理的提案") is hits
    member = browse(c.other_member).go(f"/proposals/{proposal.pk}/")
    from rest_framework.test import APIClient

    client = APIClient()
    client.force_authenticate(c.other_member)
    api = json.dumps(client.get(f"/api/v1/proposals/{proposal.pk}/").json(), ensure_ascii=False)
    bodies = {
        "page": page.response.content.decode(),
        "list": listed.text,
        "member": member.response.content.decode(),
        "api": api,
    }
    assert {name: secrets_in(text) for name, text in bodies.items()} == dict.fromkeys(bodies, [])
    assert ("周明远委员" in page.text, "办理结果：A" in page.text, "公开方式：主动公开" in page.text) == (
        True,
        True,
        True,
    )
    assert "办理记录" not in member.text
    assert anybody.go("/public/?q=13812345678").has_link(str(proposal)) is False


def test_the_committee_sees_first_what_the_public_will_see(c, browse):
    proposal = hostile(c)
    desk = browse(c.staff)
    page = desk.go(f"/proposals/{proposal.pk}/acts/publish/")
    assert ("公开以后的样子" in page.text, "<mark>×××</mark>" in page.response.content.decode()) == (True, True)
    reply = Reply.objects.get()
    with pytest.raises(Invalid) as refused:
        perform(Act.PUBLISH, proposal, c.staff, {"also": "走访\n李四光\n村"})
    assert refused.value.errors == {
        "also": ["没有找到“李四光”，请照原文写，至少两个字。", "没有找到“村”，请照原文写，至少两个字。"]
    }
    data = {"keep": ["文城路12号"], "also": "走访", f"summary_{reply.pk}": "", "version": str(proposal.version)}
    again = desk.client.post(f"/proposals/{proposal.pk}/acts/publish/", {**data, "preview": "1"}).content.decode()
    assert ("已到文城路12号<mark>×××</mark>，" in again, Publication.objects.count()) == (True, 0)
    desk.client.post(f"/proposals/{proposal.pk}/acts/publish/", data)
    kept = Publication.objects.get()
    assert "已到文城路12号×××，" in kept.replies[0]["body"]
    assert (kept.redactions["chosen"], kept.published_by, kept.proposer) == (1, c.staff, "周明远")


def test_a_unit_that_wants_a_summary_gets_one(c, anybody):
    proposal = hostile(c)
    Reply.objects.update(disclosure=Disclosure.SUMMARY)
    reply = Reply.objects.get()
    with pytest.raises(Invalid) as refused:
        perform(Act.PUBLISH, proposal, c.staff)
    assert list(refused.value.errors) == [f"summary_{reply.pk}"]
    perform(Act.PUBLISH, proposal, c.staff, {f"summary_{reply.pk}": "减速带已经安装，详询 0396-6222333。"})
    page = anybody.go(f"/public/{proposal.pk}/").text
    assert ("减速带已经安装，详询 ×××。" in page, "公开方式：摘要" in page, "走访" in page) == (True, True, False)


def test_what_is_changed_later_never_comes_out_and_withdrawn_it_is_gone(c, anybody, browse):
    proposal = hostile(c)
    perform(Act.PUBLISH, proposal, c.staff)
    perform(Act.CORRECT, proposal, c.head, {"field": "title", "text": "关于13812345678的提案", "reason": "错字"})
    Reply.objects.update(body="后来改成了13812345678")
    text = anybody.go(f"/public/{proposal.pk}/").text
    assert ("关于加强校园周边交通管理的提案" in text, "13812345678" in text, "后来改成了" in text) == (
        True,
        False,
        False,
    )
    assert browse(c.other_member).client.get("/api/v1/attachments/").status_code in (200, 401, 403)
    perform(Act.UNPUBLISH, proposal, c.staff, {"reason": "当事人要求"})
    gone = Publication.objects.get()
    assert (gone.withdrawn_by, gone.withdrawal_reason) == (c.staff, "当事人要求")
    assert (
        anybody.go(f"/public/{proposal.pk}/").status,
        anybody.go("/public/").has_link("关于加强校园周边交通管理的提案"),
    ) == (404, False)
    assert browse(c.other_member).go(f"/proposals/{proposal.pk}/").status == 404
    perform(Act.PUBLISH, Proposal.objects.get(pk=proposal.pk), c.staff)
    assert (Publication.objects.count(), Publication.objects.current().count()) == (2, 1)
    history = browse(c.staff).go(f"/proposals/{proposal.pk}/").text
    assert ("公开记录" in history, "当事人要求" in history) == (True, True)


def test_visitors_narrow_by_session_category_unit_and_year(c, anybody):
    proposal = hostile(c)
    perform(Act.PUBLISH, proposal, c.staff)
    year = timezone.localdate().year
    asked = {
        f"session={c.session.pk}": True, f"category={c.business.pk}": True, f"unit={c.unit.pk}": True,
        f"unit={c.other_unit.pk}": False, f"year={year}": True, "year=x&unit='": True, "page=zzz&session=": True,
    }  # fmt: skip
    seen = {query: anybody.go(f"/public/?{query}").has_link(str(proposal)) for query in asked}
    assert seen == asked


def test_the_committee_is_reminded_for_twenty_working_days(c):
    proposal = hostile(c)
    todo = [item for item in todo_for(c.staff) if item.what == "预览并公开"]
    assert [(item.object_id, item.colour) for item in todo] == [(proposal.pk, "green")]
    assert todo[0].due_on > timezone.localdate() + timedelta(days=20)
    perform(Act.PUBLISH, proposal, c.staff)
    assert [item for item in todo_for(c.staff) if item.what == "预览并公开"] == []
    with pytest.raises(Refused):
        perform(Act.PUBLISH, proposal, c.staff)
    Proposal.objects.filter(pk=proposal.pk).update(replied_at=timezone.now())
    assert [item.object_id for item in todo_for(c.staff) if item.what == "预览并公开"] == [proposal.pk]
    Reply.objects.update(body="第二次答复。")
    perform(Act.PUBLISH, Proposal.objects.get(pk=proposal.pk), c.staff)
    old, new = Publication.objects.order_by("pk")
    assert (old.withdrawal_reason, new.withdrawn_at, new.replies[0]["body"]) == ("公开新的文本", None, "第二次答复。")


def test_one_unit_that_closes_its_reply_does_not_close_the_others(c, anybody, browse):
    """分办: the public reads what may be read, and that there is another reply; then that it is handled again."""
    mine = make.signed(c, division="separate")
    other = make.share(mine.proposal, c.other_unit)
    perform("sign_for", other, c.other_operator)
    make.replied(c, mine, result_class="B")
    assert [item.what for item in todo_for(c.author)] == ["评价答复（各单位分别评价，不必等其他单位）"]
    make.replied(c, other, c.other_operator, c.other_leader)
    Reply.objects.filter(assignment=other).update(disclosure="on_request", body="内部安排")
    case = Proposal.objects.get(pk=mine.proposal_id)
    assert [item.object_id for item in todo_for(c.staff) if item.what == "预览并公开"] == [case.pk]
    preview = browse(c.staff).go(f"/proposals/{case.pk}/acts/publish/").text
    assert ("县财政局的答复不属于主动公开（依申请公开）" in preview, "内部安排" in preview) == (True, False)
    event = perform(Act.PUBLISH, case, c.staff)
    assert event.data["shown"] == [["答复公开方式", "县教育局全文"], ["不公开", "县财政局的答复"]]
    assert [str(fault) for fault in invariants.faults()] == []
    page = anybody.go(f"/public/{case.pk}/").text
    assert ("县财政局的答复不属于主动公开。" in page, "县教育局的答复不属于" in page, "内部安排" in page) == (
        True,
        False,
        False,
    )
    assert ("办理结果：B 正在解决或列入计划" in page, "转为" in page, "正在重新办理" in page) == (True, False, False)
    corrected = {"disclosure": "public", "reason": "承办单位来函"}
    perform("correct_reply", other, c.head, corrected)  # open now, and not yet published: nobody says it is closed
    assert "县财政局的答复" not in anybody.go(f"/public/{case.pk}/").text
    Reply.objects.filter(assignment=other).update(disclosure="on_request")
    at = timezone.now()
    Reply.objects.filter(assignment=mine).update(upgraded_to="A", upgraded_at=at)
    day = timezone.localtime(at)
    text = anybody.go(f"/public/{case.pk}/").text
    assert f"B 正在解决或列入计划；{day.year}年{day.month}月{day.day}日转为 A 已解决或基本解决（采纳）" in text
    perform("rate", mine, c.author, make.rating(result="dissatisfied", reason="没有解决"))
    text = anybody.go(f"/public/{case.pk}/").text
    assert ("这件提案正在重新办理" in text, "不满意" in text, "没有解决" in text) == (True, False, False)


def test_a_reply_of_which_a_ledger_knows_no_day_stays_published(c, anybody):
    mine = make.rated_and_published(c)
    Reply.objects.update(sent_at=None)
    assert "县教育局的答复" in anybody.go(f"/public/{mine.proposal_id}/").text
