"""Bad input: a clear report, exit code 1, nothing half written, no traceback."""

import io
import json
import os

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from documents.sheets.reading import read
from members.models import Organization, Person, Session, Term
from proposals.ledger import imports
from proposals.models import Category, NumberSeries, Proposal
from workflow.models import Event

from . import broken, ledgers
from .ledgers import row

pytestmark = pytest.mark.django_db
WRITTEN = (Proposal, Event, Person, Organization, Session, Term, NumberSeries, Category)


def everything() -> list[int]:
    return [model.objects.count() for model in WRITTEN]


@pytest.mark.parametrize(
    ("make", "sentence"), [case[1:] for case in broken.all_cases()], ids=[case[0] for case in broken.all_cases()]
)
def test_one_fault_one_sentence(make, sentence):
    before, file = everything(), make()
    for report in (imports.preview(file, "14-3"), imports.run(file, "14-3")):
        sentences = [problem.sentence for problem in report.errors]
        assert any(sentence in found for found in sentences), sentences
        assert (report.ok, report.added) == (False, 0)
        json.dumps(report.as_dict())
    assert everything() == before
    imports.error_workbook(report)


def test_there_are_enough_of_them():
    assert len(list(broken.all_cases())) >= 55


def test_every_error_of_a_long_ledger_is_listed():
    before = everything()
    report = imports.run(broken.many(2000), "14-3")
    assert [problem.row for problem in report.errors] == list(range(11, 2002, 10))
    assert everything() == before


@pytest.mark.campaign
def test_ten_thousand_rows_with_a_thousand_errors():
    report = imports.run(broken.many(10_000), "14-3")
    assert (report.rows, len(report.errors)) == (10_000, 1000)
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("code", ["", "十一届四次", "11", "11-", "0-1", "11-4-1", "1" * 90, "11-0"])
def test_a_bad_session_code(code):
    report = imports.run(ledgers.workbook([row(1)]), code)
    assert [problem.reason for problem in report.errors] == [
        f"“{code}”不是届次。请写成 11-4 这样：第十一届第四次会议。"
    ]
    assert NumberSeries.objects.count() == 0


def test_one_wrong_row_keeps_all_others_out():
    rows = [row(n) for n in range(1, 30)] + [row(30, "通过")]
    before = everything()
    assert len(imports.run(ledgers.workbook(rows), "14-3").errors) == 1
    assert everything() == before


def test_the_command_ends_with_code_one_and_a_report(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ledgers.workbook([row(1, "通过")]).getvalue())
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("import_proposals", path, session="14-3", format="json", stdout=out)
    assert refused.value.returncode == 1
    report = json.loads(out.getvalue())
    assert (report["ok"], report["added"]) == (False, 0)
    assert report["errors"] == [
        {
            "sheet": "台账", "row": 2, "column": "审查结果", "cell": "H2", "value": "通过",
            "reason": "不认识“通过”。请写：立案、不予立案、并案、撤案、待审",
        }
    ]  # fmt: skip


def test_the_workbook_with_errors_can_be_corrected_and_imported(tmp_path):
    path, errors = tmp_path / "台账.xlsx", tmp_path / "错误.xlsx"
    rows = [row(1, 正文="=1+1"), row(2, "通过", 提交日期="2025年4月21日")]
    path.write_bytes(ledgers.workbook(rows, title="提案台账").getvalue())
    with pytest.raises(CommandError):
        call_command("import_proposals", path, session="14-3", errors=str(errors), stdout=io.StringIO())
    [sheet] = read(errors).sheets
    assert sheet.rows[2].values[-1] == "审查结果：不认识“通过”。请写：立案、不予立案、并案、撤案、待审"
    corrected = _with_cell(errors, "H3", "立案")
    assert imports.run(corrected, "14-3").added == 2


def _with_cell(path, cell: str, value: str):
    from openpyxl import load_workbook

    book = load_workbook(path)
    book.active[cell] = value
    return ledgers.saved(book)


def test_the_template_is_readable_and_empty():
    report = imports.preview(ledgers.File(imports.template(), "模板.xlsx"), "14-3")
    assert [problem.reason for problem in report.errors] == ["只有表头，没有提案。请填写后再导入。"]
    assert not [note for note in report.notes if "不认识" in note.reason]


@pytest.mark.parametrize("name", [b"\xcc\xa8\xd5\xcb.xlsx", "台账.xlsx".encode()])
def test_a_file_name_that_is_no_utf_8(tmp_path, name):
    path, out = tmp_path / os.fsdecode(name), io.StringIO()
    path.write_bytes(ledgers.workbook([row(1)]).getvalue())
    call_command("import_proposals", path, session="14-3", format="json", stdout=out)
    shown = name.decode("utf-8", "replace")
    assert (json.loads(out.getvalue())["file"], Event.objects.get().data["file"]) == (shown, shown)


def test_a_header_problem_has_its_place_in_every_form_of_the_report():
    report = imports.run(ledgers.workbook([[1, "甲", "张三"]], header=("案号", "案由", "提案人")), "14-3")
    assert [problem.as_dict() for problem in report.errors] == [{
        "sheet": "台账", "row": 1, "column": "审查结果", "cell": "", "value": "",
        "reason": "表头里没有这一列（也可写 审查意见、审查情况、立案情况）。请补上后再导入。",
    }]  # fmt: skip
    [sheet] = read(ledgers.File(imports.error_workbook(report), "错误.xlsx")).sheets
    assert [sheet.title, *(line.values[0] for line in sheet.rows)] == [
        "总体说明", report.summary, report.errors[0].sentence,
    ]  # fmt: skip


def test_two_columns_of_one_meaning_are_both_handed_back():
    header = ("案号", "案由", "提案者", "提案人", "审查结果")
    report = imports.run(ledgers.workbook([[1, "甲", "李四", "张三", "立案"]], header=header), "14-3")
    [sheet] = read(ledgers.File(imports.error_workbook(report), "错误.xlsx")).sheets
    told = "提案者：和“提案人”（D2）是同一个意思，填的却不一样。请改成一样，或删去、改名其中一列"
    assert dict(zip(*(line.values for line in sheet.rows), strict=True)) == {
        "案号": 1, "案由": "甲", "提案者": "李四", "提案人": "张三", "审查结果": "立案", "错误说明（改正后可不删）": told,
    }  # fmt: skip


def test_the_command_reports_as_text(tmp_path):
    path, out = tmp_path / "台账.xlsx", io.StringIO()
    path.write_bytes(ledgers.workbook([row(1)]).getvalue())
    call_command("import_proposals", path, session="14-3", dry_run=True, stdout=out)
    assert out.getvalue().splitlines()[:4] == [
        "试运行，没有写入任何内容：共读 1 行，可以新增 1 条。", "将新建届 1 个：第十四届", "将新建届次 1 个：十四届三次会议",
        f"将新建人员（原来没有登记的） 1 个：{ledgers.person(1)}",
    ]  # fmt: skip
