"""Workbooks as they really come: merged cells, formulas, wrong sizes, a million blank rows."""

import os
import re
import time
from datetime import datetime

import pytest

from documents.sheets import limits, reading
from documents.sheets.reading import Trouble, read
from documents.sheets.refusal import Unreadable

from . import books
from .books import HEADER, book, file, rewritten

SHEET = "xl/worksheets/sheet1.xml"
NO_RESULT = Trouble(
    "是公式，文件里没有存下计算结果。请在 Excel 里打开、保存一次，或改成直接填写的值", '=IF(A2=1,"","x")'
)


def values(source) -> list[list]:
    return [row.values for row in read(source).sheets[0].rows]


def refusal(source, name: str = "") -> str:
    with pytest.raises(Unreadable) as refused:
        read(source, name)
    return refused.value.sentence


def test_rows_keep_the_numbers_that_excel_shows():
    made = book(HEADER, ("张三", 13800000001, datetime(2022, 4, 1)))
    made.active.append([])
    made.active.append(["李四"])
    sheet = read(file(made)).sheets[0]
    assert [(row.number, row.values) for row in sheet.rows] == [
        (1, list(HEADER)), (2, ["张三", 13800000001, datetime(2022, 4, 1)]), (4, ["李四"]),
    ]  # fmt: skip


def test_tall_merged_cells_give_their_top_value_and_say_so():
    made = book(HEADER, ("张三", "a", "教育"), ("李四", "b", None), ("王五", "c", None))
    made.active.merge_cells("C2:C4")
    rows = read(file(made)).sheets[0].rows
    assert [row.values[2] for row in rows[1:]] == ["教育"] * 3
    assert [row.merged for row in rows[1:]] == [{}, {2: "C2:C4"}, {2: "C2:C4"}]


def test_merged_cells_below_the_last_row_make_no_rows():
    made = book(HEADER, ("张三", "a", "教育"))
    made.active.merge_cells("C2:C900")
    assert len(values(file(made))) == 2


def test_wide_merged_cells_are_told():
    made = book(("甲乙丙", None, None), HEADER)
    made.active.merge_cells("A1:C1")
    assert read(file(made)).sheets[0].rows[0].wide == [(1, 3, "A1:C1")]


def test_a_formula_gives_its_cached_value():
    source = rewritten(
        file(book(HEADER, ("张三", "=1+1", None))), SHEET,
        lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"),
    )  # fmt: skip
    assert values(source)[1][:2] == ["张三", 2]


def test_a_formula_without_a_result_is_trouble():
    found = values(file(book(HEADER, ("张三", "=VLOOKUP(A2,B:C,2)", None))))[1][1]
    reason = "是公式，文件里没有存下计算结果。请在 Excel 里打开、保存一次，或改成直接填写的值"
    assert found == Trouble(reason, "=VLOOKUP(A2,B:C,2)")


EXCEL_SAVES = '<c r="B2" t="str"><f>IF(A2=1,"","x")</f><v></v></c>'


@pytest.mark.parametrize(("cell", "value"), [
    (EXCEL_SAVES, None),
    (EXCEL_SAVES.replace("<v></v>", "<v/>"), None),
    (EXCEL_SAVES.replace("<v></v>", ""), NO_RESULT),
    (EXCEL_SAVES.replace(' t="str"', ""), NO_RESULT),
    (EXCEL_SAVES.replace("<v></v>", "<v>x</v>"), "x"),
])  # fmt: skip
def test_an_empty_text_is_a_result(cell, value):
    plain = file(book(HEADER, ("张三", "文", 1)))
    source = rewritten(plain, SHEET, lambda xml: re.sub(rb'<c r="B2".*?</c>', cell.encode(), xml))
    assert values(source)[1] == ["张三", value, 1]


def test_an_error_value_is_trouble():
    source = file(book(HEADER, ("张三", "#REF!", None)))
    assert values(source)[1][1] == Trouble("公式出错（#REF!）。请改成直接填写的值", "#REF!")


def test_the_size_that_a_file_claims_is_not_believed():
    source = rewritten(
        file(book(HEADER, ("张三", 1, 2), ("李四", 3, 4))), SHEET,
        lambda xml: xml.replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1:A1"'),
    )  # fmt: skip
    assert len(values(source)) == 3 and values(source)[2] == ["李四", 3, 4]


def test_hidden_sheets_are_not_read():
    made = book(HEADER, ("张三", 1, 2))
    other = made.create_sheet("旧")
    other.append(["秘密"])
    other.sheet_state = "hidden"
    sheets = read(file(made)).sheets
    assert [(sheet.title, sheet.hidden, len(sheet.rows)) for sheet in sheets] == [("表", False, 2), ("旧", True, 0)]


def test_a_million_blank_rows_are_passed_over(monkeypatch):
    """Coloured down to the last row of Excel, as whole-column formats are saved."""
    blank = b"".join(b'<row r="%d" spans="1:3"/>' % n for n in range(3, 1_048_577))
    source = rewritten(
        file(book(HEADER, ("张三", 1, 2))), SHEET, lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>")
    )
    started = time.process_time()
    sheet = read(source).sheets[0]
    assert len(sheet.rows) == 2
    assert sheet.notes == [f"第 3 行以后连续 {limits.BLANK_ROWS_END_A_SHEET} 行都是空行，不再往下读。"]
    assert time.process_time() - started < 20


@pytest.mark.parametrize("row", [5004, 1_048_576])
def test_rows_far_below_the_others_are_an_error(row):
    made = book(HEADER, ("张三", 1, 2))
    made.active[f"A{row}"] = "远"
    assert refusal(file(made)) == (
        f"工作表“表”第 {row} 行（A{row}）填的是“远”：这一行上面有 {row - 3} 行空行。"
        "属于表格的，请删去中间的空行；不属于的，请删去这一行。"
    )


def test_rows_not_so_far_below_are_read():
    made = book(HEADER, ("张三", 1, 2))
    made.active["A5003"] = "李四"
    assert values(file(made)) == [list(HEADER), ["张三", 1, 2], ["李四"]]


def test_strict_workbooks_are_told_how_to_be_saved():
    names = (
        b"schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"purl.oclc.org/ooxml/officeDocument/relationships",
    )
    source = rewritten(file(book(HEADER)), "_rels/.rels", lambda xml: xml.replace(*names))
    assert refusal(source) == (
        "“表.xlsx”是“严格 Open XML”格式的工作簿，读不出来。"
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再导入。"
    )


def test_a_chart_sheet_without_a_chart_is_passed_over():
    made = book(HEADER, ("张三", 1, 2))
    made.create_chartsheet("图")
    assert values(file(made)) == [list(HEADER), ["张三", 1, 2]]


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 3)
    assert refusal(file(book(*[("甲",)] * 4))) == "工作表“表”超过 3 行。请分成几个文件导入。"


def test_too_many_cells_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_CELLS", 20_000)
    assert refusal(file(book(*[range(100)] * 300))) == "单元格超过 2 万个。请删去多余的行列，或分成几个文件导入。"


def test_too_many_merged_cells_are_refused():
    made = book(HEADER)
    made.active.merge_cells("A2:A9")
    source = rewritten(file(made), SHEET, lambda xml: xml.replace(b"A2:A9", b"A2:A900000"))
    assert refusal(source) == "合并单元格太多，读不出来。请取消合并单元格后再导入。"


def test_a_name_that_is_no_utf_8_can_be_printed(tmp_path):
    path = tmp_path / os.fsdecode(b"\xcc\xa8\xd5\xcb.xlsx")  # 台账 as Windows writes it
    assert refusal(path) == f"没有找到文件“{tmp_path}/\u0328��.xlsx”。请核对文件名和所在的文件夹。"
    path.write_bytes(b"")
    assert refusal(path) == "“\u0328��.xlsx”是空文件，没有内容。请重新选择文件。"


def test_a_path_that_is_not_there(tmp_path):
    assert refusal(tmp_path / "台账.xlsx") == f"没有找到文件“{tmp_path / '台账.xlsx'}”。请核对文件名和所在的文件夹。"
    assert refusal(tmp_path) == f"“{tmp_path}”是文件夹，不是文件。请写到具体的文件。"


@pytest.mark.parametrize(("content", "name", "sentence"), [
    (b"", "空.xlsx", "“空.xlsx”是空文件，没有内容。请重新选择文件。"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "表.xlsx", "“表.xlsx”不是 Excel 工作簿，或者已经损坏。"),
    (b"PK\x03\x04broken", "表.xlsx", f"“表.xlsx”{reading.BROKEN}"),
])  # fmt: skip
def test_other_files_are_told_apart(content, name, sentence):
    assert refusal(books.File(content, name)).startswith(sentence)


def test_a_damaged_part_is_a_sentence():
    source = rewritten(file(book(HEADER)), SHEET, lambda xml: xml[: len(xml) // 2])
    assert refusal(source) == f"“表.xlsx”{reading.BROKEN}"


def test_the_stream_is_given_a_name_by_the_caller():
    assert refusal(books.File(b""), "上传.xlsx") == "“上传.xlsx”是空文件，没有内容。请重新选择文件。"
