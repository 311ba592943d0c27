"""提案线索: brought by anybody, screened by the committee, used by members, answered to the contributor."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from members import form_tokens
from proposals import leads
from proposals.acts import LeadAct, ProposalAct
from proposals.audiences import notices_for
from proposals.models import Lead, LeadCollection, LeadUse, Proposal
from proposals.todo import todo_for
from tests.factories import county as make
from workflow.chain import faults
from workflow.engine import perform
from workflow.errors import NotAllowed, NotFound, Refused
from workflow.models import Event

pytestmark = pytest.mark.django_db

BRING, ASK = "/public/leads/", "/public/leads/ask/"
WORDS = {"title": "学校门口没有人行道", "description": "上下学时车多人挤，存在隐患。", "is_public_matter": "on"}


@pytest.fixture(autouse=True)
def collecting(c):
    cache.clear()
    now = timezone.now()
    return LeadCollection.objects.create(
        session=c.session, opens=now - timedelta(days=1), closes=now + timedelta(days=9)
    )


def old_token(monkeypatch, seconds: int = 60) -> str:
    """A form opened so long ago."""
    with monkeypatch.context() as patched:
        real = form_tokens.signing.time.time
        patched.setattr(form_tokens.signing.time, "time", lambda: real() - seconds)
        return form_tokens.new_token()


def post(client, monkeypatch, seconds: int = 60, **fields):
    return client.post(BRING, {**WORDS, "token": old_token(monkeypatch, seconds), **fields})


def brought(user=None, **fields) -> leads.Taken:
    return leads.take({**WORDS, "place": "柏城街道", **fields}, f"key-{Lead.objects.count()}", user)


def offered(c, **fields) -> Lead:
    lead = brought(**fields).lead
    perform(LeadAct.OFFER, lead, c.staff, {})
    return Lead.objects.get(pk=lead.pk)


def words(answer) -> str:
    return re.sub(r"<[^>]+>|\s", "", answer.content.decode())


def test_a_visitor_brings_a_lead_and_asks_what_became_of_it(c, client, monkeypatch):
    answer = post(
        client, monkeypatch, contact="王先生 13900001111", description="联系 13812345678，证号 41282219900101123X。"
    )
    lead = Lead.objects.get()
    assert (answer.status_code, lead.state, lead.source, lead.contact) == (
        201,
        "waiting",
        "public",
        "王先生 13900001111",
    )
    assert lead.description == "联系 （电话号码已隐去），证号 （身份证号已隐去）。"
    code = re.search(r"查询码：<strong>(\S+)</strong>", answer.content.decode())[1]
    assert code.replace("-", "") not in lead.code_hash and len(lead.code_hash) == 64
    asked = client.post(ASK, {"receipt": lead.receipt.lower(), "code": code.lower()})
    assert "已收到，等待提案委筛选。" in words(asked)
    wrong = [
        client.post(ASK, {"receipt": r, "code": k}) for r, k in ((lead.receipt, "AAAAA-AAAAA"), ("XS2020-0001", code))
    ]
    assert {(a.status_code, "编号或查询码不对" in words(a)) for a in wrong} == {(400, True)}
    event = Event.objects.get(case_process="lead")
    assert (event.act, event.actor, list(faults([event], 1, lead.events_head))) == ("bring", None, [])


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"title": ""}, 400, "标题"), ({"title": "字" * 51}, 400, "标题"), ({"description": "字" * 501}, 400, "情况说明"),
        ({"description": "字" * 10_000}, 400, "情况说明"), ({"title": "一\x00二"}, 400, "标题"),
        ({"is_public_matter": ""}, 400, "公共事务"), ({"website": "http://spam"}, 400, "再点一次提交"),
        ({"token": ""}, 400, "再点一次提交"), ({"token": "forged:1:2"}, 400, "再点一次提交"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_the_text_stays(client, monkeypatch, fields, status, sentence):
    answer = post(client, monkeypatch, place="写好的地点", **fields)
    assert (answer.status_code, sentence in words(answer), "写好的地点" in answer.content.decode()) == (
        status,
        True,
        True,
    )
    assert Lead.objects.count() == 0


def test_too_quick_too_old_and_sent_twice(client, monkeypatch):
    assert "太快" in words(post(client, monkeypatch, seconds=1))
    assert "时间太长" in words(post(client, monkeypatch, seconds=7 * 3600))
    token = old_token(monkeypatch)
    first, second = (client.post(BRING, {**WORDS, "token": token}) for _ in range(2))
    told = [(answer.status_code, answer.context["taken"].lead.pk, answer.context["code"]) for answer in (first, second)]
    assert (told[0], Lead.objects.count()) == (told[1], 1)  # people see the second answer to a double click
    assert leads.find(Lead.objects.get().receipt, told[1][2]) == Lead.objects.get()
    assert client.post(BRING, {**WORDS, "title": "另一件事", "token": token}).status_code == 409
    assert Lead.objects.count() == 1


def test_html_and_emoji_are_shown_as_they_were_typed(c, client, monkeypatch):
    post(client, monkeypatch, title="<script>alert(1)</script>😀", description="<b>&\n第二行")
    perform(LeadAct.OFFER, Lead.objects.get(), c.staff, {})
    client.force_login(c.author)
    page = client.get("/proposals/leads/").content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)&lt;/script&gt;😀" in page) == (False, True)


def test_limits_for_one_address_and_for_questions(client, monkeypatch):
    assert [post(client, monkeypatch).status_code for _ in range(6)] == [201] * 5 + [429]
    other = Client(REMOTE_ADDR="10.9.8.7")
    assert post(other, monkeypatch).status_code == 201
    asked = [client.post(ASK, {"receipt": "XS2026-0001", "code": "A" * 10}).status_code for _ in range(21)]
    assert asked == [400] * 20 + [429]


def test_closed_says_when(client, monkeypatch, collecting):
    now = timezone.now()
    LeadCollection.objects.update(opens=now + timedelta(days=3), closes=now + timedelta(days=9))
    assert "征集还没有开始" in words(client.get(BRING))
    assert post(client, monkeypatch).status_code == 409
    LeadCollection.objects.update(opens=now - timedelta(days=9), closes=now - timedelta(days=3))
    assert "征集已经结束" in words(client.get(BRING))
    LeadCollection.objects.update(active=False)
    assert "现在不征集提案线索" in words(client.get(BRING))
    assert Lead.objects.count() == 0


def test_screening_keeps_the_original_and_tells_a_contributor_with_an_account(c):
    lead = brought(user=c.operator).lead
    assert [(i.what, i.number) for i in todo_for(c.staff) if i.process == "lead"] == [("筛选提案线索", "1 条")]
    perform(LeadAct.OFFER, lead, c.staff, {"title": "完善学校周边人行道", "category": c.business.pk})
    lead = Lead.objects.get(pk=lead.pk)
    assert (lead.title, lead.shown_title, lead.shown_description) == (
        WORDS["title"], "完善学校周边人行道", WORDS["description"],
    )  # fmt: skip
    told = notices_for(Event.objects.filter(process="lead").latest("pk"))
    assert [(n.user_id, n.subject, n.body) for n in told] == [
        (c.operator.pk, f"【提案】推荐给委员：线索 {lead.receipt}", "您提供的线索已推荐给政协委员参考。")
    ]
    perform(LeadAct.SCREEN_AGAIN, lead, c.head, {"reason": "核实"})
    perform(LeadAct.DECLINE, lead, c.head, {"decline_reason": "known", "reason": "去年已有提案。"})
    lead = Lead.objects.get(pk=lead.pk)
    assert [s.words for s in leads.stages(lead)] == ["没有采用。原因：已有同类提案或正在办理。去年已有提案。"]
    with pytest.raises(NotFound):
        perform(LeadAct.USE, lead, c.author)


def test_several_members_use_one_and_the_contributor_hears_no_more_than_the_stage(c, browse):
    lead = offered(c, title="农村饮水")
    page = browse(c.author).go("/proposals/new/").follow("提案线索").follow("农村饮水").press("用这条线索写提案")
    assert ("据提案线索起草" in page.text, ("title", "农村饮水") in page.form("保存草稿").values) == (True, True)
    again = browse(c.author).go(lead.get_absolute_url()).press("继续写据此起草的提案")
    assert (again.url, Proposal.objects.count()) == (page.url, 1)
    with pytest.raises(Refused, match="已经用这条线索起草"):  # a second click that comes at the same moment
        perform(LeadAct.USE, lead, c.author)
    browse(c.cosigner).go(lead.get_absolute_url()).press("用这条线索写提案")
    lead = Lead.objects.get(pk=lead.pk)
    assert (lead.state, lead.uses.count(), [s.words for s in leads.stages(lead)]) == (
        "used",
        2,
        ["已推荐给政协委员参考。"],
    )
    proposal = make.replied(c, make.signed(c)).proposal
    LeadUse.objects.create(lead=lead, proposal=proposal)
    assert [s.words for s in leads.stages(lead)][1:] == ["据此提出的提案，承办单位已经答复。"]
    perform(ProposalAct.PUBLISH, Proposal.objects.get(pk=proposal.pk), c.staff)
    assert leads.stages(lead)[1].published == proposal


def test_who_sees_and_uses_leads(c, client):
    lead = offered(c)
    waiting = brought(contact="王先生 13900001111").lead
    assert Lead.objects.visible_to(c.author).get() == lead
    assert (Lead.objects.visible_to(c.operator).count(), Lead.objects.visible_to(c.staff).count()) == (0, 2)
    with pytest.raises(NotFound):
        perform(LeadAct.USE, lead, c.operator)
    with pytest.raises(NotAllowed):
        perform(LeadAct.USE, lead, c.reviewer)
    with pytest.raises(NotAllowed):
        perform(LeadAct.OFFER, waiting, c.reviewer, {})
    client.force_login(c.author)
    assert client.get(waiting.get_absolute_url()).status_code == 404
    for query in ("?q=%00", "?q=" + "x" * 500, "?category=x", "?category=99999999999", "?page=-1", "?page=x"):
        assert client.get(f"/proposals/leads/{query}").status_code == 200
    client.force_login(c.contact)
    assert client.post(f"/proposals/leads/{lead.pk}/acts/use/").status_code == 302
    assert Proposal.objects.get().organization == c.party
    perform_late = Lead.objects.get(pk=lead.pk)
    with pytest.raises(Refused):
        perform(LeadAct.DECLINE, perform_late, c.head, {"decline_reason": "known", "reason": "x"})


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_three(c, client, django_assert_num_queries, count):
    for n in range(count):
        offered(c, title=f"线索{n}")
    client.force_login(c.author)
    client.get("/proposals/leads/")
    with django_assert_num_queries(8):
        client.get("/proposals/leads/")
