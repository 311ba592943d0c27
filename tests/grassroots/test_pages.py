"""The pages inside: who opens them, what stands there, how often the database is asked; work lists, reminders, notices."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from deadlines import book as books
from documents.papers.templates import filling
from grassroots import papers
from grassroots.acts import Act
from grassroots.feed import entries_for
from grassroots.models import Matter, Meeting
from grassroots.reminding import due_rows
from grassroots.states import State
from grassroots.todo import todo_for
from members.periods import today
from members.privacy.copies import copy_of
from notices.delivery import deliver_due
from notices.models import Message
from notices.reminders.scan import window
from notices.reminders.sources import Audience
from tests.documents.files import png
from tests.factories import grassroots as make
from tests.factories import people
from workflow.engine import available, perform
from workflow.querysets import read_case

pytestmark = pytest.mark.django_db
LIST = "/grassroots/"


def todo(user) -> list[tuple[str, str]]:
    user.__dict__.pop("_posts", None)
    user.__dict__.pop("_of_posts", None)
    return [(item.what, item.act) for item in todo_for(user, books.load())]


def test_every_act_has_its_page_and_works_by_it(c, r, browse):
    """Each step through the browser's own form, and the page of every other act on the way."""
    one, opened = make.taken(r).matter, set()
    for act, state, actor, data in make.way(r, one):
        for user in (r.host, r.secretary, r.operator):
            fresh = read_case(Matter, one.pk, user, rows="all")
            for offered in available(fresh, user) if fresh else ():
                page = browse(user).get(reverse("grassroots:act", args=[one.pk, offered.act]))
                assert page.status_code in (200, 409), (offered.act, page.status_code)
                opened.add(offered.act)
        if act == Act.RATE:
            break
        sent = data() if callable(data) else data
        answer = browse(actor).post(
            reverse("grassroots:act", args=[one.pk, act]), {"version": Matter.objects.get(pk=one.pk).version, **sent}
        )
        assert (act, answer.status_code) == (act, 302)
        one.refresh_from_db()
        assert one.state == state
    for user in (r.host, r.secretary, r.officer, r.town_host, r.operator):
        assert browse(user).get(one.get_absolute_url()).status_code == 200
    assert {Act.ADD_FILES, Act.NOTE, Act.EXTEND, Act.PASS_UP, Act.MOVE_ON, Act.RATE_FOR, Act.GO_OFFLINE} <= opened
    assert browse(c.author).get(one.get_absolute_url()).status_code == 404


def asked(client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_a_fixed_number_of_queries(c, r, browse):
    """The same for one row and for three, inside and in public; at most twelve."""
    perform(Act.RELEASE, one := make.matter(r, "handling"), r.host, {})
    pages = [
        (browse(r.host), LIST), (browse(r.operator), LIST), (browse(r.officer), "/grassroots/venues/"),
        (browse(), "/public/consult/"), (browse(), "/public/consult/matters/"), (browse(), f"/public/consult/venues/{r.village.pk}/"),
    ]  # fmt: skip
    detail = (browse(r.host), one.get_absolute_url())
    for client, path in (*pages, detail):
        client.get(path)
    few = [asked(client, path) for client, path in pages]
    for _ in range(2):
        perform(Act.RELEASE, make.matter(r, "handling"), r.host, {})
    assert [asked(client, path) for client, path in pages] == few
    assert (max(few) <= 12, asked(*detail) <= 16) == (True, True), (few, asked(*detail))


def test_lists_find_and_take_nonsense(c, r, browse):
    one = make.matter(r, "handling")
    client = browse(r.officer)
    for query, count in (
        ("q=排水沟", 1), (f"q={one.receipt}", 1), ("q=没有这样的词", 0), ("state=handling", 1), ("state=late", 0), ("state=x", 0),
        ("category=livelihood", 1), (f"township={r.township.pk}", 1), ("township=county", 0), ("township=99999999999999999999", 0),
        ("q=%00", 0), ("page=x", 1),
    ):  # fmt: skip
        assert (query, client.get(f"{LIST}?{query}").context["page"].paginator.count) == (query, count)
    assert len(client.get("/grassroots/venues/?level=village").context["page"].object_list) == 1
    assert browse(c.author).get(LIST).context["page"].paginator.count == 0


def test_bringing_inside(c, r, browse):
    from members import form_tokens

    words = {"venue": r.town.pk, "title": "修桥", "text": "桥面破损，影响出行。"}
    client = browse(c.author)
    assert client.get("/grassroots/new/").status_code == 200
    assert client.post("/grassroots/new/", words | {"source": "authority", "token": "x"}).status_code == 400
    real, form_tokens.SHORTEST = form_tokens.SHORTEST, 0
    try:
        sent = client.post("/grassroots/new/", words | {"source": "member", "token": form_tokens.new_token()})
        mine = Matter.objects.get()
        assert (sent["Location"], mine.brought_by, mine.code_hash) == (mine.get_absolute_url(), c.author, "")
        page = browse(r.host).post(
            "/grassroots/new/", words | {"source": "citizen", "contact_name": "老王", "token": form_tokens.new_token()}
        )
    finally:
        form_tokens.SHORTEST = real
    other = Matter.objects.order_by("-pk").first()
    assert (page.status_code, other.brought_by, other.entered_by, len(other.code_hash)) == (201, None, r.host, 64)
    assert browse(c.contact).get("/grassroots/new/").status_code == 403


def test_minutes_as_a_paper(c, r, browse):
    one = make.matter(r, "minutes")
    address = f"/grassroots/{one.pk}/minutes.docx"
    assert browse(r.host).get(address).status_code == 409
    perform(Act.SIGN_MINUTES, one, r.host)
    early = datetime(2026, 7, 1, 7, tzinfo=people.SHANGHAI)  # the day before in UTC
    Meeting.objects.update(signed_at=early, not_agreed="占地补偿的标准。\n路灯的电费。")
    paper = Document(BytesIO(browse(r.host).get(address).content))
    assert paper.paragraphs[-1].text == "2026年7月1日"
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert "于营村协理室\n协商纪要" in texts or {"于营村协理室", "协商纪要"} <= set("\n".join(texts).splitlines())
    assert [cell.text for cell in paper.tables[0].rows[1].cells][:3] == ["1", "疏通排水沟", "盆尧镇"]
    place = texts.index("未达成一致的事项：占地补偿的标准。")
    assert texts[place + 1] == "路灯的电费。"  # a paragraph of its own, like all others
    headings = [text for text in texts if text[1:2] == "、"]
    assert headings == ["一、议题情况", "二、调研情况", "三、协商情况", "四、协商结果"]
    bare = filling.filled(filling.start_of(papers.MINUTES), papers.MINUTES.example() | {
        "共识说明": "", "共识要点": [], "没有共识": "本次协商没有形成一致意见。", "未达成一致": "",
    })  # fmt: skip
    empty = Document(BytesIO(bare))  # by a template of the office's own: neither an empty table nor an empty sentence
    assert (len(empty.tables), [p.text for p in empty.paragraphs if "一致" in p.text]) == (
        0, ["本次协商没有形成一致意见。"],
    )  # fmt: skip
    assert browse(c.author).get(address).status_code == 404


def test_files(c, r, browse):
    one = make.matter(r, "handling")
    address = reverse("grassroots:act", args=[one.pk, Act.ADD_FILES])
    sent = browse(r.operator).post(
        address, {"file_files": SimpleUploadedFile("现场.png", png()), "version": one.version}
    )
    assert sent.status_code == 302
    page = browse(r.host).get(one.get_absolute_url())
    (file,) = page.context["files"]
    assert browse(r.host).get(file["url"]).status_code == 200
    assert browse(c.author).get(file["url"]).status_code == 404
    assert browse(r.host).post(address, {"version": 0}).status_code in (400, 409)


def test_work_lists(c, r):
    one = make.taken(r).matter
    assert (todo(r.host), todo(r.secretary), todo(r.town_host)) == ([("初选协商议题", "select")], [], [])
    for act, _state, actor, data in make.way(r, one):
        if act == Act.REPORT:
            break
        make.go(one, act, actor, data)
    assert todo(r.operator) == [("报告落实进展", "report")]
    # For whom no unit answers; and the public still reads what was released before anything was agreed.
    assert todo(r.host) == [("报告落实进展", "report"), ("公开的内容要更新", "release")]
    perform(Act.RELEASE, one, r.host, {})
    assert todo(r.host) == [("报告落实进展", "report")]
    mine = make.matter(r, "answered", user=c.author, source="member")
    assert todo(c.author) == [("评价办理结果", "rate")]
    assert [entry.summary for entry in entries_for(c.author)] == [f"评价办理结果：{mine.receipt}"]
    r.host.person.appointments.update(ends=today() - timedelta(days=1))
    Matter.objects.filter(pk=one.pk).update(due_on=today())
    make_waiting = make.taken(r, venue=r.town).matter
    r.town_host.person.appointments.update(ends=today() - timedelta(days=1))
    # What a room without a host decides is the house's: to screen, and to tell the public how the other one ended.
    assert todo(r.officer) == [("初选协商议题", "select"), ("公开的内容要更新", "release")]
    assert make_waiting.state == State.WAITING


def test_who_is_reminded(c, r):
    waiting, handling = make.taken(r).matter, make.matter(r, "handling")
    last = today() + timedelta(days=60)
    rows = {(row.case_kind, row.step, row.case_id): row for row in due_rows(window(last, books.load()))}
    first = rows["matter", "matter_select", waiting.pk]
    assert set(first.people[Audience.HOLDER]) == {r.host.pk, r.secretary.pk}
    assert set(first.people[Audience.DISPATCH]) == {r.town_host.pk}
    own, room = handling.items.order_by("pk")
    assert set(rows["consensus", "matter_handle", own.pk].people[Audience.HOLDER]) == {r.operator.pk}
    assert set(rows["consensus", "matter_handle", own.pk].people[Audience.UNIT_LEADER]) == {r.leader.pk}
    assert set(rows["consensus", "matter_handle", room.pk].people[Audience.HOLDER]) == {r.host.pk, r.secretary.pk}


def test_messages_carry_number_and_act_only(c, r):
    one = make.matter(r, "handling")
    perform(Act.URGE, one, r.host, {"reason": "雨季快到了"})
    assert perform_again(one, r) == "urged"
    deliver_due()
    rows = list(Message.objects.of(r.operator).order_by("pk").values_list("subject", "body", "url"))
    assert [row[0] for row in rows] == [
        f"协商议题 {one.receipt} 的共识要点交您单位落实", f"请抓紧落实协商议题 {one.receipt} 的共识要点",
    ]  # fmt: skip
    assert {row[1:] for row in rows} == {("", one.get_absolute_url())}
    leaders = Message.objects.of(r.leader).order_by("pk").values_list("subject", flat=True)
    assert list(leaders)[-2:] == [row[0] for row in rows]  # who leads the unit hears of it as the operator does
    told = " ".join(map(str, Message.objects.values_list("subject", "body")))
    assert [word for word in ("排水沟", "田老汉", "1380000", "雨季") if word in told] == []


def perform_again(one: Matter, r) -> str:
    from workflow.errors import Refused

    with pytest.raises(Refused) as refused:
        perform(Act.URGE, one, r.host, {})
    return refused.value.code


def test_own_copy_holds_what_one_brought(c, r):
    make.matter(r, "handling", user=c.author, source="member")
    people.agree(c.author)
    assert copy_of(c.author.person)[:2] == b"PK"
