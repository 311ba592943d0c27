"""导入批次 in the admin: the report leads to it, its page shows what was done, and 撤回 takes it back or says why not."""

import pytest
from django.urls import reverse

from members.models import ImportBatch, Member, Person
from tests.documents.files import upload
from tests.members.rosters import ZHANG, text_table, workbook

from .scene import text

pytestmark = pytest.mark.django_db
ROSTER, BATCHES = "/admin/members/member/import/", "/admin/members/importbatch/"
FRESH = {**ZHANG, "姓名": "罗新民", "手机": "13800000077"}


def choose(client, file):
    return client.post(ROSTER, {"term": "11", "file": upload(file.name, file.getvalue())}, follow=True)


def imported(client, *rows) -> ImportBatch:
    client.post(choose(client, workbook(*rows)).redirect_chain[-1][0])
    return ImportBatch.objects.latest("pk")


def undo_url(batch: ImportBatch) -> str:
    return reverse("admin:members_importbatch_undo", args=[batch.pk])


def test_the_file_chooser_offers_text_tables(s):
    page = text(s.client("staff").get(ROSTER))
    assert 'accept=".xlsx,.csv,.tsv,.txt"' in page
    assert "文本表格的文字编码用 UTF-8 或 GBK 都可以。" in page


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("name", ["名册.csv", "名册.tsv", "名册.txt", "名册.xlsx"])
def test_a_text_table_is_imported_likewise(s, encoding, name):
    client = s.client("staff")
    page = choose(client, text_table(FRESH, encoding=encoding, name=name))
    assert "试运行，没有写入任何内容：共读 1 行，可以新增 1 条。" in text(page)
    client.post(page.redirect_chain[-1][0])
    assert Person.objects.filter(name="罗新民", phone="13800000077").exists()


def test_before_the_import_each_row_is_shown_with_what_it_does(s):
    client = s.client("staff")
    imported(client, FRESH)
    page = text(
        choose(client, workbook({**FRESH, "党派": "民建"}, {**FRESH, "姓名": "罗新生", "手机": None, "委员编号": None}))
    )
    for words in ("新增（1 行）", "新登记的人员；新席位：第十一届", "更新（1 行）", "党派：民盟 → 民建"):
        assert words in page
    assert "没有变化（1 行）" in text(choose(client, workbook(FRESH)))


def test_long_lists_say_how_many_there_are(s):
    rows = [{**FRESH, "姓名": "罗" + chr(0x4E00 + n), "手机": None, "委员编号": str(n)} for n in range(301)]
    page = text(choose(s.client("staff"), workbook(*rows)))
    assert "新增（301 行）" in page
    assert "这里只列前 300 行，共 301 行。" in page


def test_the_report_leads_to_the_batch_and_its_page_tells_what_was_done(s):
    client = s.client("staff")
    done = client.post(choose(client, workbook(FRESH)).redirect_chain[-1][0])
    batch = ImportBatch.objects.get()
    assert f'<a href="{BATCHES}{batch.pk}/change/">导入批次 {batch.pk}</a>' in text(done)
    page = text(client.get(f"{BATCHES}{batch.pk}/change/"))
    for words in ("名册.xlsx", batch.sha256, "做了哪些改动", "罗新民", "手机：138****0077", "撤回这次导入"):
        assert words in page
    assert "13800000077" not in page
    assert "名册.xlsx" in text(client.get(BATCHES))
    assert "名册.xlsx" in text(client.get(f"{BATCHES}?undone=no"))
    assert "名册.xlsx" not in text(client.get(f"{BATCHES}?undone=yes"))


def test_taking_back_is_looked_at_needs_a_reason_and_is_done_once(s):
    client = s.client("office")
    before = (Person.objects.count(), Member.objects.count())
    batch = imported(client, FRESH)
    assert "可以撤回：将删去导入时新增的" in text(client.get(undo_url(batch)))
    without = client.post(undo_url(batch), {"reason": " "})
    assert (without.status_code, "还没有撤回" in text(without)) == (400, True)
    assert Person.objects.filter(name="罗新民").exists()
    done = client.post(undo_url(batch), {"reason": "选错了届"}, follow=True)
    assert f"导入批次 {batch.pk} 已撤回：" in text(done)
    assert (Person.objects.count(), Member.objects.count()) == before
    assert "撤回这次导入" not in text(done)
    again = client.post(undo_url(batch), {"reason": "再来"}, follow=True)
    assert "撤回，不用再撤回。" in text(again)
    batch.refresh_from_db()
    assert (batch.undone_by, batch.undone_reason) == (s.users["office"], "选错了届")


def test_what_stands_in_the_way_is_named_row_by_row(s):
    client = s.client("staff")
    batch = imported(client, FRESH)
    Person.objects.filter(name="罗新民").update(party="民建")
    for answer in (client.get(undo_url(batch)), client.post(undo_url(batch), {"reason": "选错了届"})):
        page = text(answer)
        assert "撤不了：有 1 处导入以后改过，或者已经在用。没有撤回任何内容。" in page
        assert "第 2 行 罗新民（人员）：“党派”后来改过（" in page
        assert "导入时是民盟，现在是民建。" in page
    assert Person.objects.filter(name="罗新民").exists()


@pytest.mark.parametrize("role", ["reviewer", "dispatch", "security", "audit", "member", "operator"])
def test_who_may_not_import_may_not_take_back(s, role):
    batch = imported(s.client("staff"), FRESH)
    answer = s.client(role).post(undo_url(batch), {"reason": "不要了"})
    assert answer.status_code in (302, 403)
    assert Person.objects.filter(name="罗新民").exists()
    batch.refresh_from_db()
    assert not batch.is_undone
