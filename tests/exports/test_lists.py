"""Every list: as many rows leave as its page shows to that person for that filter, in the reach of the audience."""

import datetime
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from exports import files, limits, lists, making, running
from exports.models import Choice, ExportRecord, Job
from members.models import Person, User
from notices import plain
from notices.models import Delivery, Message
from proposals.models import Demand, Proposal, Publication, Supervision
from tests.api.world import undoing
from tests.factories import announcements, consultations, grassroots, opinions, people
from tests.factories import county as make
from workflow.errors import Refused
from xiping_cppcc import heart

from .taking import address, rows_of, sheet_of, taken

# list → the address of its page, and the filters with which both are asked.
PAGES = {
    "proposals": ("/proposals/", ("", "scope=all", "scope=all&state=handling", "q=交通", "state=%00", "scope=mine&o=due")),
    "late": ("/proposals/late/", ("", "days=7", "unit=x", "group=in_hand")),
    "black": ("/proposals/late/black/", ("",)),
    "unit_overview": ("/proposals/late/units/", ("", "system=party", "system=x")),
    "unit_desk": ("/proposals/desk/", ("tab=in_hand", "tab=sent", "")),
    "commitments": ("/proposals/commitments/", ("", "due=live", "year=1999")),
    "notices": ("/proposals/late/notices/", ("", "id=1")),
    "key": ("/proposals/key/", ("", "year=2020")),
    "leads": ("/proposals/leads/", ("", "q=人行道", "category=9999")),
    "opinions": ("/opinions/", ("", "state=submitted", "year=99999", "pk=1")),
    "issues": ("/opinions/issues/", ("",)),
    "topics": ("/consultations/", ("", "scope=mine", "year=x")),
    "recommendations": ("/consultations/items/", ("", "show=late")),
    "outcomes": ("/consultations/outcomes/", ("", "show=instructed", "year=x")),
    "ideas": ("/consultations/ideas/", ("", "q=没有")),
    "plans": ("/consultations/plans/", ("",)),
    "matters": ("/grassroots/", ("", "state=late")),
    "venues": ("/grassroots/venues/", ("", "level=county")),
    "consultation-figures": ("/grassroots/figures/rows/matters/", ("figure=matters&year=all", "figure=matters&month=1")),
    "announcements": ("/announcements/", ("", "show=unread")),
    "announcements-issued": ("/announcements/issued/", ("",)),
    "announcement-readers": ("/announcements/{announced}/readers/", ("show=all&announcement={announced}",)),
    "dispatching": ("/proposals/dispatch/", ("", "light=red", "unit=9&light=x")),
    "demands": ("/proposals/demands/", ("", "show=late", "show=answered", "show=%00")),
    "messages": ("/inbox/", ("", "unread=1")),
    "figure-rows": (
        "/reports/figures/rows/received/part/",
        ("figure=received&place=part", "figure=received&place=part&period=x&compare=on", "figure=received&place=part&kind=x"),
    ),
    "directory": ("/directory/", ("", "q=周")),
    "coming": ("/inbox/coming/", ("", "step=sign", "step=x")),
    "sent": ("/inbox/sent/", ("",)),
    "archives": ("/proposals/archives/", ("",)),
}  # fmt: skip
WORKS_WITH = {
    "opinions": "office",
    "issues": "office",
    "matters": "officer",
    "consultation-figures": "host",
    "dispatching": "dispatch",
}
SECRETS = ("13900000001", "刘群众", "13911112222", "zhoumingyuan@example.com")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One county with something in every list; nothing of it stays."""
    with django_db_blocker.unblock(), undoing():
        c = make.county()
        Person.objects.filter(pk=c.author.person_id).update(phone="13900000001")
        make.rated_and_published(c)
        make.draft(c, title="关于完善农村公路的提案")
        make.submitted(c, title='=HYPERLINK("http://x")提案')
        make.replied(c, make.signed(c, title="关于校车的提案"), result_class="B")
        late = make.signed(c, title="关于停车难的提案")
        type(late).objects.filter(pk=late.pk).update(
            due_on=timezone.localdate() - datetime.timedelta(days=20),
            first_assigned_at=timezone.now() - datetime.timedelta(days=220),
        )
        make.offered_lead(c)
        h = consultations.house(c)
        consultations.answered(c)
        consultations.opinion(consultations.asking(c), c.author)
        consultations.idea(c, (plan := consultations.plan(c, timezone.localdate().year + 1)))
        letter = {"source": "public", "channel": "letter", "organization": None, "contributor": "刘群众"}
        consultations.idea(c, plan, h.office, title="来信提的议题", **letter)
        opinions.issued(c)
        opinions.handed_over(c)
        opinions.submitted(c, on_behalf=True, citizen_name="刘群众", citizen_contact="13911112222")
        r = grassroots.rooms()
        grassroots.matter(r, "closed"), grassroots.matter(r, "posted"), grassroots.taken(r, contact_phone="13911112222")
        one = announcements.published(c, receipt_required=True)
        users = c.roles() | {
            "office": h.office, "host": r.host, "officer": r.officer,
            "county": people.holder(people.organization("leadership", "县政府"), "leader", "林志远"),
        }  # fmt: skip
        for user in users.values():
            if user.person_id:
                people.agree(user)
        record = Supervision.objects.create(
            proposal=late.proposal, form="visit", on=timezone.localdate(), findings="进展慢", recorded_by=c.staff, recorded_at=timezone.now()
        )  # fmt: skip
        Demand.objects.create(record=record, assignment=late, text="月底前反馈", due_on=timezone.localdate())
        for name in ("staff", "author"):
            plain.tell(users[name].pk, "一条消息", "请查看。", late.get_absolute_url())
            mail = {"message": Message.objects.filter(recipient=users[name]).latest("pk"), "recipient": users[name]}
            Delivery.objects.create(**mail, address="zhoumingyuan@example.com")
        heart.beat(heart.WORKER)
        yield c, users, one.pk


@pytest.fixture
def undone(world, django_db_blocker, settings, tmp_path):
    settings.EXPORT_FOLDER = tmp_path / "exports"
    with django_db_blocker.unblock(), undoing():
        yield world


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def shown(answer) -> int:
    """How many rows the page says it has."""
    context = answer.context
    if (page := context.get("page")) is not None and hasattr(page, "paginator"):
        return page.paginator.count
    if "totals" in context:
        return len(context["lines"])
    if "page_obj" in context:
        return context["page_obj"].paginator.count
    if "plans" in context:
        return len(context["plans"])
    if "sessions" in context:
        return len(context["sessions"])
    return context["count"] if "count" in context else len(context["decided"]) + len(context["candidates"])


@pytest.mark.django_db  # or no database is set up when this file runs alone: the others take the module's own
def test_every_list_is_tried():
    assert PAGES.keys() == {one.key for one in lists.all_listings()}


@pytest.mark.parametrize("key", PAGES)
def test_as_many_rows_leave_as_the_page_shows(undone, key):
    """For those who stand to the list in different ways; what the page refuses the file refuses too."""
    _c, users, announced = undone
    path, queries = PAGES[key]
    most = 0
    for name in ("staff", "author", "operator", WORKS_WITH.get(key, "county")):
        client = of(users[name])
        for asked in queries[: None if name == "staff" or key == "proposals" else 1]:
            query = asked.format(announced=announced)
            page = client.get(f"{path.format(announced=announced)}?{query}")
            if page.status_code != 200:
                assert client.get(address(key, query)).status_code == page.status_code, (name, query)
                continue
            rows = written(users[name], key, query)
            assert len(rows) == shown(page), (name, query)
            assert not any(secret in str(rows) for secret in SECRETS)
            most = max(most, len(rows))
    assert most > 0 or key in ("notices", "key")


def written(user, key: str, query: str) -> list[dict]:
    """The rows of the narrowest file this person may make of the list, with every column."""
    listing, path = lists.named(key), files.new_path(".xlsx")
    audience, question = listing.audiences(user)[0], QueryDict(query)
    columns = listing.columns_for(listing.of(user, question, audience), audience)
    order = making.Order(key, question.urlencode(), audience, tuple(one.key for one in columns))
    making.write(path, order, user, lambda done, total: None)
    return rows_of(load_workbook(path).active)


def test_who_may_make_a_file_for_whom(undone):
    _c, users, _one = undone
    offered = {name: list(lists.named("proposals").audiences(user)) for name, user in users.items()}
    mine, all_three = ["internal", "public"], ["internal", "unit", "public"]
    units = {name: ["unit", "public"] for name in users if "operator" in name or name in ("leader", "other_leader")}
    house = dict.fromkeys(("staff", "head", "reviewer", "dispatch", "office", "officer"), all_three)
    assert offered == dict.fromkeys(users, mine) | units | house
    refused = of(users["operator"]).post(address("proposals"), {"audience": "internal", "columns": ["title"]})
    assert refused.status_code == 400
    with pytest.raises(Refused):
        making.Order("proposals", "", "internal", ("title",)).listed(users["operator"])


def test_the_public_reads_what_was_published_and_no_more(undone):
    c, users, _one = undone
    published = Publication.objects.current().get()
    Publication.objects.update(title="关于校园交通的提案（公开稿）", proposer="周某某")
    Proposal.objects.filter(pk=published.proposal_id).update(title="原来的案由")
    for name in ("staff", "author", "operator"):
        sheet = sheet_of(of(users[name]), "proposals", "scope=all", "public")
        assert [cell.value for cell in sheet[2]] == [
            "案号",
            "届次",
            "案由",
            "提案形式",
            "提案人",
            "类别",
            "承办单位",
            "公开日期",
        ]
        [row] = rows_of(sheet)
        assert (row["案由"], row["提案人"]) == ("关于校园交通的提案（公开稿）", "周某某")
        assert "公开" in sheet["A1"].value
    # Who reads a case only because it is published gets its public columns, also in a file for own work.
    [row] = [one for one in rows_of(sheet_of(of(users["other_member"]), "proposals", "scope=all")) if one["公开日期"]]
    assert row["案由"] == "关于校园交通的提案（公开稿）"
    assert [row[name] for name in ("状态", "现在由谁办", "提交日期", "流水号", "办理结果", "联名人数")] == [None] * 6
    Publication.objects.update(withdrawn_at=timezone.now())
    assert "没有导出" in of(users["staff"]).post(
        address("proposals", "scope=all"), {"audience": "public", "columns": ["title"]}, follow=True
    ).content.decode()  # fmt: skip
    titles = {row["议题"] for row in rows_of(sheet_of(of(users["staff"]), "matters", "", "public"))}
    assert len(titles) >= 1 and all(titles)


def test_cells_are_dates_numbers_and_text(undone):
    _c, users, _one = undone
    client = of(users["staff"])
    sheet = sheet_of(client, "proposals", "scope=all&state=submitted")
    [row] = rows_of(sheet)
    places = {cell.value: cell.column for cell in sheet[2]}
    title = sheet.cell(3, places["案由"])
    assert (title.data_type, title.value, title.quotePrefix) == ("s", '=HYPERLINK("http://x")提案', True)
    day = sheet.cell(3, places["提交日期"])
    submitted_on = timezone.localdate(Proposal.objects.get(state="submitted").submitted_at)
    assert (day.is_date, day.number_format, day.value.date()) == (True, "yyyy-mm-dd", submitted_on)
    assert sheet.cell(3, places["联名人数"]).data_type == "n" and row["联名人数"] == 0
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == f"A2:{sheet.cell(2, sheet.max_column).coordinate[:-1]}3"
    assert sheet.column_dimensions["C"].width == 50 and sheet.title == "提案"
    assert re.fullmatch(
        r"提案（状态：待审查）　使用范围：内部　何静 于 \d{4}-\d\d-\d\d \d\d:\d\d 导出", sheet["A1"].value
    )


def test_columns_are_chosen_remembered_and_recorded(undone):
    _c, users, _one = undone
    client = of(users["staff"])
    query = "scope=all&state=handling&page=7&back=%2Fproposals%2F"
    page = client.get(address("proposals", query)).content.decode()
    assert "筛选条件：状态：办理中" in page and 'href="/proposals/"' in page and page.count(" checked") > 10
    sheet = sheet_of(client, "proposals", query, "unit", ["title", "receipt", "due"], purpose="报送主席会议")
    assert [cell.value for cell in sheet[2]] == ["案由", "办理期限"]  # the receipt number is the house's
    kept = ExportRecord.objects.get()
    assert (kept.user, kept.step, kept.what, kept.asked, kept.columns, kept.audience, kept.rows, kept.purpose, kept.door) == (
        users["staff"], "direct", "提案", "状态：办理中", "案由、办理期限", "承办单位", sheet.max_row - 2, "报送主席会议", "portal",
    )  # fmt: skip
    assert (Choice.objects.get().columns, Choice.objects.get().audience) == (["title", "receipt", "due"], "unit")
    form = client.get(address("proposals")).context["form"]
    assert (form.initial["columns"], form.initial["audience"]) == (["title", "receipt", "due"], "unit")
    for data, said in (
        ({"audience": "internal"}, "请至少选一个栏目"),
        ({"columns": ["title"]}, "请选择使用范围"),
        ({"audience": "x", "columns": ["x"]}, "x"),
        ({"audience": "public", "columns": ["receipt"]}, "请另选栏目"),
        ({"audience": "unit", "columns": ["title"], "purpose": "长" * 101}, "100"),
        ({"audience": "unit", "columns": ["title"], "purpose": "a\x00b"}, ""),
    ):
        answer = client.post(address("proposals"), data)
        assert answer.status_code == 400 and said in answer.content.decode(), data
    assert client.get("/exports/of/nothing/").status_code == 404
    for back in ("//evil.example", "https://evil.example/", "javascript:alert(1)", "%00"):
        page = client.get(address("proposals", f"back={back}")).content.decode()
        assert f'href="{back}"' not in page
    assert ExportRecord.objects.count() == 1
    whole = client.post("/me/data/")
    assert whole.status_code == 200


def test_files_that_are_made_elsewhere_are_recorded_too(undone):
    _c, users, _one = undone
    for name, place in (("office", "/opinions/year.xlsx"), ("host", "/grassroots/figures.xlsx?year=all")):
        assert of(users[name]).get(place).status_code == 200
    year = timezone.localdate().year
    assert list(ExportRecord.objects.order_by("pk").values_list("user", "step", "what")) == [
        (users["office"].pk, "direct", f"{year} 年社情民意情况（按反映人）"), (users["host"].pk, "direct", "基层协商统计"),
    ]  # fmt: skip


def test_a_citizens_name_stays_out_of_the_ideas(undone):
    c, users, _one = undone
    idea = consultations.idea(c, consultations.plan(c, timezone.localdate().year + 2))
    type(idea).objects.filter(pk=idea.pk).update(person=None, organization=None, source="public", contributor="刘群众")
    rows = written(users["office"], "ideas", "")
    assert "群众" in {row["提出者"] for row in rows} and "刘群众" not in str(rows)


def test_many_rows_become_a_job(undone, monkeypatch):
    c, users, _one = undone
    monkeypatch.setattr(limits, "AT_ONCE", 3)
    client = of(users["staff"])
    answer = taken(client, "proposals", "scope=all&state=handling")
    assert answer.status_code == 200  # few enough
    answer = taken(client, "proposals", "scope=all", purpose="年终")
    job = Job.objects.get()
    assert answer.url == f"/exports/{job.pk}/" and job.label == "提案（内部文件）"
    assert taken(client, "proposals", "scope=all", purpose="年终").url == answer.url  # asked twice, made once
    make.submitted(c, title="后来提交的")
    assert running.run_waiting() == 1
    job.refresh_from_db()
    received = Proposal.objects.visible_to(users["staff"]).count()
    assert (job.status, job.total, job.name[:5], job.name[-5:]) == ("done", received, "提案_内部", ".xlsx")
    made = ExportRecord.objects.get(step="made")
    assert (made.rows, made.audience, made.purpose, made.job) == (received, "内部", "年终", job.pk)
    # Sight is asked again when the job runs, and once more when the file is taken.
    monkeypatch.setattr(limits, "AT_ONCE", 0)
    before = Proposal.objects.visible_to(users["dispatch"]).count()
    client = of(users["dispatch"])
    waiting = Job.objects.get(pk=taken(client, "proposals", "scope=all").url.split("/")[2])
    users["dispatch"].person.appointments.update(ends=timezone.localdate() - datetime.timedelta(days=1))
    assert running.run_waiting() == 1
    waiting.refresh_from_db()
    now = Proposal.objects.visible_to(User.objects.get(pk=users["dispatch"].pk)).count()
    assert (waiting.status, waiting.total, now < before) == ("done", now, True)
    assert client.get(f"/exports/{waiting.pk}/file/").status_code == 409


@pytest.mark.parametrize("key", ["proposals", "opinions", "matters", "topics", "announcement-readers", "directory"])
def test_a_chunk_costs_the_same_for_one_row_and_for_all(undone, monkeypatch, key):
    """With chunks of one row each chunk asks as much as a chunk that holds everything."""
    _c, users, announced = undone
    user, query = users["staff" if key != "opinions" else "office"], PAGES[key][1][0].format(announced=announced)
    order = making.Order(key, query, "internal", tuple(one.key for one in lists.named(key).columns))
    rows = lists.named(key).rows(user, QueryDict(query)).rows.count()

    def cost(chunk: int) -> int:
        monkeypatch.setattr(limits, "CHUNK", chunk)
        with CaptureQueriesContext(connection) as asked:
            making.write(files.new_path(".xlsx"), order, user, lambda done, total: None)
        return len(asked)

    cost(500)
    whole, single = cost(500), cost(1)
    assert rows > 1 and whole <= 22
    assert single - whole <= (rows - 1) * 10
    assert whole == cost(501)


def test_the_reminders_to_come_are_counted_when_the_file_is_made(undone):
    client = of(undone[1]["staff"])
    heart.forget(heart.WORKER)
    page, rows = client.get(address("coming")).content.decode(), rows_of(sheet_of(client, "coming"))
    assert ("行数在生成文件时计算。" in page, "后台任务进程没有运行" in page) == (True, True)
    told = [(row["姓名"].removesuffix(" 等").count("、") + 1, row["姓名"].endswith(" 等")) for row in rows]
    assert told == [(min(3, row["人数"]), row["人数"] > 3) for row in rows]


def test_pages_cost_a_fixed_number_of_queries(undone):
    _c, users, announced = undone
    (client := of(users["staff"])).get("/exports/")  # the first page of a session notes it
    for key, (_path, queries) in PAGES.items():
        query = queries[0].format(announced=announced)
        with CaptureQueriesContext(connection) as asked:
            client.get(address(key, query))
        assert len(asked) <= 12, (key, len(asked))


def test_the_api_begins_and_lists_ones_own(undone):
    _c, users, _one = undone
    client = of(users["staff"])

    def post(**data):
        return client.post("/api/v1/exports/", data, content_type="application/json")

    answer = post(
        listing="proposals", query="scope=all&state=handling&page=3", for_whom="unit", columns=["title", "due"]
    )
    told = answer.json()
    assert (answer.status_code, told["label"], told["status_label"]) == (
        201,
        "提案（状态：办理中，承办单位文件）",
        "等待",
    )
    assert running.run_waiting() == 1
    [row] = client.get("/api/v1/exports/").json()["results"]
    assert (row["id"], row["status"], row["page"]) == (told["id"], "done", f"/exports/{told['id']}/")
    assert of(users["head"]).get("/api/v1/exports/").json()["count"] == 0
    for data, status in (
        ({"listing": "nothing", "for_whom": "unit"}, 400), ({"listing": "proposals", "for_whom": "x"}, 400),
        ({"listing": "proposals", "for_whom": "unit", "columns": ["receipt"]}, 400), ({"listing": "unit_desk", "for_whom": "unit"}, 403),
        ({"listing": "opinions", "for_whom": "public"}, 403), ({"listing": "proposals", "for_whom": "unit", "columns": "x"}, 400),
        ({"listing": "announcement-readers", "for_whom": "internal", "query": "announcement=999999999"}, 404),
    ):  # fmt: skip
        assert post(**data).status_code == status, data
