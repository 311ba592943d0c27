"""The pages: who gets which, that nothing typed is lost, and that a list costs the same for one row and for three."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from announcements.models import Announcement, Recipient
from announcements.states import State
from tests.exports.taking import address, sheet_of
from tests.factories import announcements as make
from tests.factories import people
from workflow.engine import perform

WRITER, READER, OTHERS = "staff", "author", "operator"
# name → (address, method, writer, recipient, somebody else)
PAGES = {
    "list": ("/announcements/", "get", 200, 200, 200),
    "issued": ("/announcements/issued/", "get", 200, 200, 200),
    "new": ("/announcements/new/", "get", 200, 403, 403),
    "autosave_new": ("/announcements/new/autosave/", "post", 400, 403, 403),
    "detail": ("/announcements/{one}/", "get", 200, 200, 404),
    "receipt": ("/announcements/{one}/receipt/", "post", 404, 302, 404),
    "edit": ("/announcements/{draft}/edit/", "get", 200, 404, 404),
    "autosave": ("/announcements/{draft}/autosave/", "post", 400, 404, 404),
    "readers": ("/announcements/{one}/readers/", "get", 200, 403, 404),
    "act": ("/announcements/{one}/acts/remind/", "get", 200, 403, 404),
}


def test_every_address_has_its_row():
    included = next(row for row in get_resolver().url_patterns if getattr(row, "namespace", "") == "announcements")
    assert {pattern.name for pattern in included.url_patterns} == PAGES.keys()


def test_who_gets_which_page(c, browse):
    one, draft = make.published(c, receipt_required=True), make.draft(c)
    clients = [browse(getattr(c, who)) for who in (WRITER, READER, OTHERS)]
    got = {}
    for name, (path, method, *_expected) in PAGES.items():
        address = path.format(one=one.pk, draft=draft.pk)
        got[name] = [getattr(client, method)(address).status_code for client in clients]
        assert getattr(Client(), method)(address)["Location"].startswith("/login/")
    assert got == {name: list(expected) for name, (_path, _method, *expected) in PAGES.items()}


def test_from_writing_to_the_exported_list(c, browse):
    office = people.organization("office", "县政协办公室")
    people.appoint(c.staff, office, "head")
    writer = browse(c.staff)
    file = SimpleUploadedFile("议程.txt", "议程".encode())
    form = {
        "issuer": office.pk, "title": "  关于视察的通知 ", "body": "第一段\r\n\r\n第二段", "priority": "important",
        "receipt_required": "on", "people": ["members"], "persons": [c.operator.person_id], "attachments_shown": "1",
        "attachments_files": file, "onward": "1",
    }  # fmt: skip
    answer = writer.post("/announcements/new/", form)
    one = Announcement.objects.get()
    assert answer["Location"] == f"/announcements/{one.pk}/acts/publish/"
    assert (one.title, one.body, str(one.issuer)) == ("关于视察的通知", "第一段\n\n第二段", "县政协办公室")
    page = writer.get(answer["Location"]).content.decode()
    assert [word in page for word in ("共 5 人", "全体委员、吴小兰", "周明远", "议程.txt", "第二段")] == [True] * 5
    assert Recipient.objects.count() == 0
    writer.post(answer["Location"], {"version": one.version})
    one.refresh_from_db()
    assert (one.state, Recipient.objects.count()) == (State.PUBLISHED, 5)
    reader = browse(c.author)
    assert "关于视察的通知" in reader.get("/").content.decode()
    reader.get(f"/announcements/{one.pk}/")
    assert "待签收" in reader.get("/announcements/").content.decode()
    reader.post(f"/announcements/{one.pk}/receipt/")
    assert "关于视察的通知" not in reader.get("/").content.decode()
    assert "已签收" in reader.get("/announcements/").content.decode()
    sheet = sheet_of(writer, "announcement-readers", f"announcement={one.pk}&show=all")
    asked = address("announcement-readers", f"announcement={one.pk}&show=all")
    assert [browse(user).get(asked).status_code for user in (c.author, c.dispatch)] == [403, 404]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1] == ("姓名", "单位、职务", "送达时间", "阅读时间", "签收时间")
    signed = {row[0]: bool(row[4]) for row in rows[2:]}
    assert signed == {"周明远": True, "李素芬": False, "郭建业": False, "赵文博": False, "吴小兰": False}
    assert [row[0] for row in rows[2:] if "县教育局" in (row[1] or "")] == ["吴小兰"]
    unread = writer.get(f"/announcements/{one.pk}/readers/?show=unread").context["rows"]
    assert len(unread) == 4


def test_a_look_by_head_is_no_reading(c, browse):
    one = make.published(c)
    browse(c.author).head(f"/announcements/{one.pk}/")
    browse(c.head).get(f"/announcements/{one.pk}/")
    assert Recipient.objects.filter(read_at__isnull=False).count() == 0


def test_a_draft_saves_itself_and_two_writers_do_not_overwrite_each_other(c, browse):
    mine, colleague = browse(c.staff), browse(c.head)
    answer = mine.post("/announcements/new/autosave/", {"title": "半句", "priority": "normal"}).json()
    one = Announcement.objects.get()
    assert answer["page_url"] == f"/announcements/{one.pk}/edit/"
    given = {"title": "一句话", "priority": "normal", "version": answer["version"]}
    assert colleague.post(answer["autosave_url"], given).status_code == 200
    late = {"title": "另一句", "body": "我写的很长的正文", "priority": "normal", "version": answer["version"]}
    clash = mine.post(answer["autosave_url"], late)
    assert (clash.status_code, clash.json()["theirs"]["title"]) == (409, ["一句话"])
    page = mine.post(answer["page_url"], late | {"save": "1"})
    assert (page.status_code, "我写的很长的正文" in page.content.decode()) == (409, True)
    again = late | {"version": page.context["version"], "save": "1"}
    assert mine.post(answer["page_url"], again).status_code == 302
    one.refresh_from_db()
    assert (one.title, one.body) == ("另一句", "我写的很长的正文")
    # The same press twice begins one draft.
    twice = {"title": "新的一份", "body": "正文", "priority": "normal", "save": "1"}
    assert [mine.post("/announcements/new/", twice).status_code for _ in range(2)] == [302, 302]
    assert Announcement.objects.count() == 2


def test_a_wrong_field_does_not_hide_what_a_colleague_saved_meanwhile(c, browse):
    one = make.draft(c)
    shown, url = one.version, f"/announcements/{one.pk}/edit/"
    given = {"title": "同事的题目", "priority": "normal", "version": shown, "save": "1"}
    assert browse(c.head).post(url, given).status_code == 302
    page = browse(c.staff).post(url, given | {"title": "长" * 81})
    assert (page.status_code, page.context["version"]) == (400, str(shown))
    assert browse(c.staff).post(url, given | {"title": "我的题目"}).status_code == 409
    one.refresh_from_db()
    assert one.title == "同事的题目"


def test_who_was_only_told_gets_no_writing_page_and_no_figures(c, browse):
    office = people.holder(people.organization("office", "县政协办公室"), "staff", "罗勇")
    one = make.published(c, people=["members", "staff"])
    refused = browse(c.author).post(f"/announcements/{one.pk}/edit/", {"title": "x", "priority": "normal"})
    assert (refused.status_code, "attachments_shown" in refused.content.decode()) == (403, False)
    figures = {who: browse(user).get(f"/admin/announcements/announcement/{one.pk}/change/").content.decode().count("发布单位可查看") for who, user in (("staff", c.staff), ("office", office))}  # fmt: skip
    assert figures == {"staff": 0, "office": 3}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "长" * 81), ("title", "a\x00b"), ("body", "长" * 20_001), ("priority", "now"), ("expires_on", "昨天"),
        ("expires_on", "2020-13-01"), ("people", "gods"), ("organizations", "9" * 30), ("persons", "x"), ("issuer", "0"),
    ],
)  # fmt: skip
def test_bad_input_is_answered_with_a_sentence_and_the_text_stays(c, browse, field, value):
    form = {"title": "标题", "body": "我写的正文", "priority": "normal"} | {field: value}
    answer = browse(c.staff).post("/announcements/new/", form)
    page = answer.content.decode()
    assert (answer.status_code, Announcement.objects.count(), "处需要改正" in page) == (400, 0, True)
    assert "我写的正文" in page or field == "body"
    assert [error for error in answer.context["form"].errors if error != field] == []


def test_a_dispatch_office_is_offered_its_own_units_only(c, browse):
    office = people.organization("dispatch", "县委督查室", system="party")
    mine = people.organization("unit", "县委组织部", system="party")
    people.holder(mine, "operator", "高强")
    form = browse(people.holder(office, "staff", "薛东")).get("/announcements/new/").context["form"]
    assert "for_everybody" not in form.fields
    assert [value for value, _label in form.fields["people"].choices] == ["operators", "unit_leaders"]
    assert list(form.fields["organizations"].queryset) == [mine]
    assert [person.name for person in form.fields["persons"].queryset] == ["高强"]


def test_filters(c, browse):
    make.published(c, title="防汛通知", priority="urgent")
    make.published(c, title="签收的", receipt_required=True)
    gone = make.published(c, title="撤了的", body="机密地点")
    perform("withdraw", gone, c.staff, {"reason": "有误"})
    reader = browse(c.author)

    def listed(query: str) -> list[str]:
        rows = reader.get(f"/announcements/?{query}").context["page"].object_list
        return [row.announcement.title for row in rows]

    assert listed("") == ["签收的", "防汛通知", "撤了的"]
    assert listed("q=防汛") == ["防汛通知"]
    assert listed("q=机密地点") == []
    assert listed("priority=urgent") == ["防汛通知"]
    assert listed("show=to_sign") == ["签收的"]
    assert listed("show=over") == ["撤了的"]
    assert listed("show=nonsense") == []
    reader.get(f"/announcements/{Announcement.objects.get(title='签收的').pk}/")
    assert listed("show=unread") == ["防汛通知"]
    assert listed("") == ["防汛通知", "撤了的", "签收的"]
    writer = browse(c.staff)
    issued = writer.get("/announcements/issued/?state=withdrawn").context["page"].object_list
    assert [row.title for row in issued] == ["撤了的"]
    # A recipient who writes for nobody sees nothing of what bodies prepare.
    make.draft(c, title="还没发")
    assert list(reader.get("/announcements/issued/").context["page"].object_list) == []


@pytest.mark.parametrize(
    ("who", "path", "number"),
    [
        ("author", "/announcements/", 6), ("staff", "/announcements/issued/", 6), ("author", "/announcements/{one}/", 8),
        ("staff", "/announcements/{one}/readers/", 9), ("staff", "/announcements/{draft}/acts/publish/", 11),
        ("staff", "/announcements/new/", 7),
    ],
)  # fmt: skip
def test_queries_are_the_same_for_few_and_many(c, browse, who, path, number):
    one, draft = make.published(c), make.draft(c)
    client, address = browse(getattr(c, who)), path.format(one=one.pk, draft=draft.pk)
    assert [queries(client, address), more(c) or queries(client, address)] == [number, number]


def more(c) -> None:
    """Two more of everything: recipients, members, announcements."""
    for name in ("甲", "乙"):
        late = people.member(name)
        for one in [*Announcement.objects.filter(state=State.PUBLISHED), make.published(c)]:
            Recipient.objects.get_or_create(announcement=one, user=late, defaults={"added_at": one.published_at})
    people.organization("unit", "县林业局", system="government")


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_api_reads_signs_and_shows_no_withdrawn_text(c):
    from tests.api.world import _client

    one = make.published(c, receipt_required=True)
    author = _client(c.author)
    assert author.get(f"/api/v1/announcements/{one.pk}/").json()["read_at"] is None
    assert author.post(f"/api/v1/announcements/{one.pk}/read/").json()["signed_at"] is None
    body = author.post(f"/api/v1/announcements/{one.pk}/receipt/").json()
    assert (body["received"], bool(body["signed_at"]), body["body"]) == (True, True, one.body)
    assert author.get("/api/v1/announcements/?unread=true").json()["results"] == []
    withdrawn = _client(c.staff).post(
        f"/api/v1/announcements/{one.pk}/transitions/withdraw/", {"reason": "有误"}, format="json"
    )
    assert (withdrawn.status_code, withdrawn.json()["state"]) == (200, "withdrawn")
    body = author.get(f"/api/v1/announcements/{one.pk}/").json()
    assert (body["body"], body["withdrawn_because"], body["files"]) == ("", "有误", [])
    assert author.post(f"/api/v1/announcements/{one.pk}/receipt/").json()["code"] == "withdrawn"


@pytest.mark.campaign
def test_ten_thousand_recipients(c, django_assert_num_queries):
    """Published in a dozen statements, delivered in one batch, each once."""
    from time import perf_counter

    from members.models import User
    from notices import delivery
    from notices.models import Message

    User.objects.bulk_create(User(username=f"many{n}", password="!") for n in range(10_000))
    one, begun = make.draft(c, for_everybody=True), perf_counter()
    with django_assert_num_queries(9):
        perform("publish", one, c.staff)
    published = perf_counter()
    delivery.deliver_due()
    print(f"发布 {published - begun:.1f} 秒，送达 {perf_counter() - published:.1f} 秒")
    assert Message.objects.count() == one.recipients.count() == User.objects.count() - 1
    delivery.deliver_due()
    assert Message.objects.count() == one.recipients.count()
