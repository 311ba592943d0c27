"""Taking back an import: everything or nothing, and why not, row by row."""

import io
from datetime import date

import pghistory
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.models import Appointment, ImportBatch, ImportedChange, Member, Organization, Person, Term
from members.roster import imports, undoing
from proposals import drafting
from tests.factories import people

from .rosters import ZHANG, everything, take, text_table, workbook

PersonEvent = apps.get_model("members.PersonEvent")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def term():
    return people.term()


@pytest.fixture
def staff():
    return people.user("李干事")


def undone(batch: ImportBatch, user=None, reason: str = "选错了文件") -> list[str]:
    """The reasons why not; none when it was done."""
    return [refusal.sentence for refusal in undoing.undo(batch, user, reason).refusals]


def test_an_import_keeps_what_it_did(staff):
    batch = take(ZHANG, user=staff)
    assert (batch.purpose, batch.file_name, len(batch.sha256), batch.imported_by, batch.is_undone) == (
        "roster", "名册.xlsx", 64, staff, False,
    )  # fmt: skip
    assert (batch.rows, batch.added, batch.updated, batch.unchanged, batch.target) == (1, 1, 0, 0, "11")
    assert list(batch.changes.values_list("model", "action", "row", "who")) == [
        ("members.organization", "created", 0, "教育"), ("members.organization", "created", 0, "县直第一委员组"),
        ("members.organization", "created", 0, "经济委员会"), ("members.person", "created", 2, "张三"),
        ("members.member", "created", 2, "张三"), ("members.appointment", "created", 2, "张三"),
    ]  # fmt: skip


def test_a_change_is_kept_with_its_old_and_new_values():
    take(ZHANG)
    batch = take({**ZHANG, "单位及职务": "县教育局 副局长", "职务": "主任"})
    assert list(batch.changes.values_list("model", "action", "before", "after")) == [
        ("members.person", "changed", {"employer": "县第一高级中学", "position": "校长"},
         {"employer": "县教育局", "position": "副局长"}),
        ("members.appointment", "changed", {"title": "副主任"}, {"title": "主任"}),
    ]  # fmt: skip


def test_what_writes_nothing_keeps_nothing():
    take(ZHANG)
    assert take(ZHANG) is None
    assert not imports.run(workbook({**ZHANG, "手机": "1"}), 11).ok
    imports.preview(workbook({**ZHANG, "姓名": "李四"}), 11)
    assert ImportBatch.objects.count() == 1


def test_what_was_created_is_removed(staff):
    before = everything()
    batch = take(ZHANG, {"姓名": "李四", "手机": "13800000002", "界别": "教育"}, user=staff)
    assert undone(batch, staff) == []
    assert everything() == before
    batch.refresh_from_db()
    assert (batch.is_undone, batch.undone_by, batch.undone_reason) == (True, staff, "选错了文件")
    assert batch.changes.exists()


def test_what_was_changed_gets_its_old_values():
    take(ZHANG)
    before = everything()
    batch = take({**ZHANG, "手机": "13900000009", "界别": "经济", "任职日期": None, "职务": "主任", "民族": "回族"})
    assert undone(batch) == []
    assert everything() == before


def test_a_seat_that_ended_by_the_import_is_open_again():
    take(ZHANG)
    before = everything()
    batch = take({**ZHANG, "界别": "经济", "任职日期": "2024-03-01"})
    assert "ended" in batch.changes.values_list("action", flat=True)
    assert Member.objects.count() == 2
    assert undone(batch) == []
    assert everything() == before


def test_seats_from_ledgers_come_back(term):
    known = people.person("张三")
    for year in (2024, 2025):
        day = date(year, 4, 21)
        Member.objects.create(person=known, term=term, starts=day, ends=date(year, 4, 23), from_ledger=True)
    before = everything()
    batch = take({**ZHANG, "委员编号": None})
    assert ("members.member", "removed") in batch.changes.values_list("model", "action")
    assert undone(batch) == []
    assert everything() == before


def test_a_term_made_by_the_import_goes_with_it():
    before = everything()
    report = imports.run(workbook({**ZHANG, "届次": "12", "任职日期": "2027-03-01"}), None)
    assert Term.objects.filter(number=12).exists()
    assert undone(ImportBatch.objects.get(pk=report.batch)) == []
    assert everything() == before


def test_the_history_keeps_the_import_and_its_end(staff):
    batch = take(ZHANG)
    person = Person.objects.get(name="张三")
    pk = person.pk
    assert undone(batch, staff) == []
    events = PersonEvent.objects.filter(pgh_obj_id=pk).order_by("pgh_id")
    assert [(event.pgh_label, event.name) for event in events] == [("insert", "张三"), ("delete", "张三")]
    assert events[1].pgh_context.metadata == {"source": f"撤回导入批次 {batch.pk}", "user": staff.pk}


def refused(batch: ImportBatch) -> list[str]:
    """Why it is refused; nothing may have changed."""
    before = everything()
    reasons = undone(batch)
    assert (everything(), ImportBatch.objects.get(pk=batch.pk).is_undone) == (before, False)
    return reasons


def test_a_field_changed_since_is_named_with_who_and_when(staff):
    batch = take(ZHANG, {"姓名": "李四", "手机": "13800000002"})
    person = Person.objects.get(name="张三")
    with pghistory.context(user=staff.pk):
        Person.objects.filter(pk=person.pk).update(phone="13700000007", party="民建")
    event = PersonEvent.objects.filter(pgh_obj_id=person.pk).latest("pgh_id")
    when = f"{timezone.localtime(event.pgh_created_at):%Y-%m-%d %H:%M}"
    assert refused(batch) == [
        f"第 2 行 张三（人员）：“{label}”后来改过（李干事，{when}）：导入时是{old}，现在是{new}。"
        "请先把它改回导入时的内容，或不撤回这一批、单独更正。"
        for label, old, new in (("党派", "民盟", "民建"), ("手机", "138****0001", "137****0007"))
    ]


def test_a_field_that_the_import_did_not_touch_may_change():
    take(ZHANG)
    batch = take({**ZHANG, "党派": "民建"})
    Person.objects.update(phone="13700000007")
    assert undone(batch) == []
    assert Person.objects.values_list("party", "phone").get() == ("民盟", "13700000007")


def test_a_later_import_is_taken_back_first():
    first = take(ZHANG)
    second = take({**ZHANG, "党派": "民建"})
    [reason] = refused(first)
    assert reason.endswith(f"导入时是民盟，现在是民建。请先撤回后来的导入批次 {second.pk}。")
    assert (undone(second), undone(first)) == ([], [])
    assert not Person.objects.filter(name="张三").exists()


IN_USE = "已经在用的不能删除。请不撤回这一批，在后台单独更正或结束这一行。"


def test_who_has_an_account_since_is_not_removed():
    batch = take(ZHANG)
    people.user(person=Person.objects.get())
    assert refused(batch) == [f"第 2 行 张三（人员）：导入以后已经有账号 1 条。{IN_USE}"]


def test_who_has_a_post_or_a_seat_since_is_not_removed(term):
    batch = take(ZHANG)
    person = Person.objects.get()
    people.appoint(person, people.organization("office", "县政协办公室"), "staff")
    Member.objects.create(person=person, term=people.term(10), starts=date(2018, 1, 1), ends=date(2021, 1, 1))
    assert refused(batch) == [f"第 2 行 张三（人员）：导入以后已经有任职 1 条、委员 1 条。{IN_USE}"]


def test_a_body_in_use_since_is_not_removed():
    batch = take(ZHANG)
    people.member("赵六", sector=Organization.objects.get(kind="sector"))
    assert refused(batch) == [f"教育（机构）：导入以后已经有委员 1 条。{IN_USE}"]


def test_who_has_submitted_since_keeps_person_and_seat():
    people.session()
    batch = take({**ZHANG, "姓名": "张三丰"})
    drafting.create(people.user(person=Person.objects.get(name="张三丰")))
    [reason] = refused(batch)
    assert (reason.startswith("第 2 行 张三丰（人员）：导入以后已经有"), "提案 1 条" in reason) == (True, True)


def test_somebody_known_before_who_wrote_a_proposal_keeps_the_new_seat():
    people.session()
    author = people.user("孙旧人")
    batch = take({"姓名": "孙旧人", "界别": "教育"})
    drafting.create(author)
    assert refused(batch) == [
        "第 2 行 孙旧人（委员）：导入以后他已经有提案 1 件，席位不能撤销。请不撤回这一批，在后台单独更正。"
    ]


def test_a_seat_ended_since_is_named():
    batch = take(ZHANG)
    Member.objects.update(ends=date(2024, 1, 1), end_reason="resigned")
    assert [reason.split("：")[1][:8] for reason in refused(batch)] == ["“结束日期”后来", "“结束原因”后来"]


def test_nothing_is_taken_back_twice_or_without_a_reason(staff):
    batch = take(ZHANG)
    with pytest.raises(ValidationError, match="请写明为什么撤回"):
        undoing.undo(batch, staff, "  ")
    assert undone(batch, staff) == []
    with pytest.raises(ValidationError, match=f"导入批次 {batch.pk} 已由李干事于 .* 撤回，不用再撤回。"):
        undoing.undo(batch, staff, "再来一次")
    assert not Person.objects.filter(name="张三").exists()


def test_after_taking_back_the_same_file_can_be_imported_again():
    assert undone(take(ZHANG)) == []
    assert take(ZHANG).added == 1


def test_an_import_of_a_text_table_is_taken_back_likewise():
    before = everything()
    report = imports.run(text_table(ZHANG, encoding="gb18030"), 11)
    assert (report.ok, Person.objects.get().name, Person.objects.get().phone) == (True, "张三", "13800000001")
    assert undone(ImportBatch.objects.get(pk=report.batch)) == []
    assert everything() == before


def test_the_statements_do_not_grow_with_the_rows():
    counts = []
    for size in (5, 100):
        rows = (
            {**ZHANG, "委员编号": str(n), "姓名": "张" + chr(0x4E00 + n), "手机": str(13800000000 + n)}
            for n in range(size)
        )
        batch = take(*rows)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert undone(batch) == []
        counts.append(len(queries))
    assert counts[0] == counts[1]


def command(*args) -> str:
    out = io.StringIO()
    call_command("undo_import", *args, stdout=out)
    return out.getvalue()


def test_the_command_looks_first_and_then_takes_back():
    batch = take(ZHANG)
    assert command(str(batch.pk), "--dry-run").strip() == "试算，没有撤回：将删去导入时新增的 6 条，改回 0 条。"
    assert Person.objects.exists()
    assert command(str(batch.pk), "--reason", "选错了届").strip() == "已撤回：删去导入时新增的 6 条，改回 0 条。"
    assert not (Person.objects.exists() or Appointment.objects.exists())
    assert ImportedChange.objects.count() == 6


def test_the_command_says_why_not():
    batch = take(ZHANG)
    with pytest.raises(CommandError, match="请写明为什么撤回"):
        command(str(batch.pk))
    with pytest.raises(CommandError, match="没有导入批次 999999"):
        command("999999")
    Person.objects.update(party="民建")
    with pytest.raises(CommandError, match=f"导入批次 {batch.pk} 撤不了：上面 1 处"):
        command(str(batch.pk), "--reason", "选错了届")


def test_the_command_tells_the_number_of_the_import(tmp_path):
    path, out = tmp_path / "名册.csv", io.StringIO()
    path.write_bytes(text_table(ZHANG).getvalue())
    call_command("import_members", path, term="11", stdout=out)
    batch = ImportBatch.objects.get()
    said = out.getvalue().splitlines()
    assert said[1] == f"这次导入记为导入批次 {batch.pk}，导错了可以撤回。"
    assert said[-2:] == ["新增（1 行）：", (
        "  工作表“名册”第 2 行 张三：新登记的人员；新席位：第十一届，教育，县直第一委员组，委员，2022-04-01 起；专委会：加入经济委员会"
    )]  # fmt: skip
