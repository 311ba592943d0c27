"""The words staff may change: known fields only, plain marks only, a preview, and always a way back."""

import pytest
from django.test import Client

from notices import emails, kinds, texts
from notices.models import Delivery, Message, NoticeText
from proposals.telling_words import asks_for_something
from tests.factories import county as make
from tests.factories import people
from workflow import changes

pytestmark = pytest.mark.django_db

BOXES = {"subject": "{标题}", "plain": "{姓名}同志：{标题}，{链接}", "html": "", "sms_fields": "事项 编号",
         "aliyun_template": "", "tencent_template": ""}  # fmt: skip


@pytest.fixture
def row() -> NoticeText:
    return NoticeText.objects.get(kind="act")


@pytest.fixture
def staff():
    client = Client()
    client.force_login(make.county().staff)
    return client


def url(row: NoticeText) -> str:
    return f"/admin/notices/noticetext/{row.pk}/change/"


def mail(name: str = "周明远", subject: str = "【提案】交办：第 001 号", **facts):
    user = people.user(person=people.person(name, email="a@b.example"))
    message = Message.objects.create(recipient=user, subject=subject, facts=facts)
    return emails.compose(Delivery.objects.create(message=message, recipient=user, address="a@b.example"), None)


def test_every_kind_has_its_row_and_its_default():
    assert list(NoticeText.objects.values_list("kind", flat=True)) == list(texts.KEYS)
    for row in NoticeText.objects.all():
        assert texts.problems(NoticeText(kind=row.kind, **texts.words(row.kind))) == {}
        assert "{" not in "".join(texts.sample(row).values())


def test_staff_words_go_out_and_the_default_comes_back(row, staff):
    staff.post(url(row), BOXES)
    said = mail(act="交办", number="第 001 号")
    assert said.body.startswith("周明远同志：【提案】交办：第 001 号，请登录智慧政协平台")
    assert "<b>【提案】交办：第 001 号</b>" in said.alternatives[0].content
    assert [change.label for change in changes.of_object(row)[0].changes] == ["邮件正文（纯文字）"]
    staff.post(url(row), {"_reset": "1"})
    assert "您在智慧政协平台有一条需要办理的新消息：" in mail().body
    page = staff.get(url(row)).context["adminform"].form
    assert page.initial["plain"] == texts.default("act", "plain")


def test_what_is_left_as_it_stands_stays_the_default(row, staff):
    as_shown = {**BOXES, "plain": texts.default("act", "plain").replace("\n", "\r\n"), "aliyun_template": "SMS_9"}
    staff.post(url(row), as_shown)
    row.refresh_from_db()
    assert (row.subject, row.plain, row.sms_fields, row.aliyun_template) == ("", "", "", "SMS_9")


@pytest.mark.parametrize(
    ("box", "given", "sentence"),
    [
        (
            "plain",
            "{案由}有新进展",
            "没有“{案由}”这个字段。可用的字段：{姓名}、{标题}、{事项}、{编号}、{期限}、{链接}。",
        ),
        ("subject", "{}", "没有“{}”这个字段。"),
        ("html", "{name.password}", "没有“{name.password}”这个字段。"),
        ("html", "<p onclick='x()'>{标题}</p>", "不能使用“<p onclick='x()'>”。"),
        ("html", "<script>x()</script>", "不能使用“<script>”。"),
        ("html", "<img src=//evil.example>", "不能使用“<img src=//evil.example>”。"),
        ("html", "<!-- x --><p>{标题}</p>", "不能使用“<!--”。"),
        ("html", "3 < 5", "不能使用“<”。"),
        ("sms_fields", "事项 案由", "没有“案由”这个字段。"),
    ],
)
def test_what_is_unknown_is_refused_by_its_name(row, staff, box, given, sentence):
    for button in ({}, {"_preview": "1"}):
        page = staff.post(url(row), {**BOXES, box: given, **button})
        errors = (page.context.get("form") or page.context["adminform"].form).errors
        assert (page.status_code, list(errors), sentence in errors[box][0]) == (200, [box], True)
    row.refresh_from_db()
    assert row.plain == ""


def test_the_preview_shows_a_mail_and_keeps_nothing(row, staff):
    page = staff.post(url(row), {**BOXES, "html": "<p>您好，<b>{姓名}</b></p>", "_preview": "1"}).content.decode()
    assert page.count("<p>您好，<b>王建国</b></p>") == 1
    assert "王建国同志：【提案】交办：县政协十一届四次会议第 001 号" in page
    row.refresh_from_db()
    assert (row.plain, row.html) == ("", "")


def test_values_are_text_and_never_marks_or_fields():
    said = mail("<b>甲</b>", "{链接}<script>")
    assert said.body.startswith("<b>甲</b>：")
    assert "{链接}<script>" in said.body
    assert "&lt;b&gt;甲&lt;/b&gt;" in said.alternatives[0].content
    assert "<script>" not in said.alternatives[0].content


def test_english_names_of_fields_are_taken_too(row):
    row.plain = "{name} {act} {number} {due} {link}"
    row.full_clean()
    row.save()
    assert mail(act="交办", number="第 001 号", due="12月3日").body.startswith("周明远 交办 第 001 号 12月3日 请登录")


def test_only_those_who_may_change_words_preview_or_reset(row):
    client = Client()
    client.force_login(make.county().dispatch)
    for button in ("_preview", "_reset"):
        assert client.post(url(row), {**BOXES, button: "1"}).status_code == 403


def test_what_wants_an_answer_and_what_is_only_to_be_known():
    wanted = ("已交你单位办理，请于12月3日前签收。", "{proposer}邀请您联名，请于{closes}前答复。", "请审定。")
    told = ("提案已立案，接下来编号。", "{unit}发来补充答复，请查看；评价不变。", "{proposer}撤回了联名邀请，您不必答复。",
            "{unit}申请退办，由交办机构决定。", "请照常办理和答复。")  # fmt: skip
    assert [asks_for_something(sentence) for sentence in wanted + told] == [True] * 3 + [False] * 5


def test_a_real_act_carries_its_kind_and_its_fields():
    from notices import delivery

    c = make.county()
    make.assigned(c)
    delivery.deliver_due()
    unit = Message.objects.get(recipient=c.operator)
    author = Message.objects.filter(recipient=c.author).first()
    assert (unit.kind, author.kind) == (kinds.ACT, kinds.INFO)
    assert unit.facts["act"] in unit.subject
    assert unit.facts["number"] in unit.subject
