"""Tables kept as text: encodings, separators, and everything that goes wrong when Excel writes or reads them."""

import csv
import io

import pytest

from documents.sheets import limits, reading
from documents.sheets.refusal import Unreadable
from documents.sheets.reports import Report
from documents.sheets.rows import RowReader
from documents.sheets.tables import find_tables
from documents.sheets.writing import error_workbook

from .books import COLUMNS, File

LINES = [["姓名", "手机", "任职日期"], ["张三", "13800000001", "2022-04-01"], ["李四", "", "2022.4.1"]]


def text_table(lines=LINES, encoding: str = "utf-8", delimiter: str = ",", name: str = "名册.csv") -> File:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(lines)
    return File(out.getvalue().encode(encoding), name)


def raw(text: str, name: str = "名册.csv") -> File:
    return File(text.encode(), name)


def values(file: File) -> list:
    return [(row.number, row.values) for row in reading.read(file).sheets[0].rows]


def refusal(file: File) -> str:
    with pytest.raises(Unreadable) as refused:
        reading.read(file)
    return refused.value.sentence


EXPECTED = [
    (1, ["姓名", "手机", "任职日期"]), (2, ["张三", "13800000001", "2022-04-01"]), (3, ["李四", None, "2022.4.1"]),
]  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("name", ["名册.csv", "名册.tsv", "名册.txt", "名册.xlsx", "名册.xls"])
def test_encodings_and_separators_by_content(encoding, delimiter, name):
    assert values(text_table(encoding=encoding, delimiter=delimiter, name=name)) == EXPECTED


def test_rare_characters_of_names_come_through_gb18030():
    assert values(text_table([["姓名", "手机"], ["王𬭚䶮", "1"]], "gb18030"))[1] == (2, ["王𬭚䶮", "1"])


def test_the_sheet_has_the_name_that_excel_would_give_it():
    assert reading.read(raw("姓名,手机\n", "2026年[名册]:终稿.csv")).sheets[0].title == "2026年名册终稿"
    assert reading.read(raw("姓名,手机\n", "长" * 40 + ".csv")).sheets[0].title == "长" * 31


def test_rows_are_numbered_as_excel_shows_them():
    lines = '名册\n\n姓名,单位及职务\n张三,"县第一高级中学\n校长"\n李四,无\n'
    assert [number for number, _values in values(raw(lines))] == [1, 3, 4, 5]
    assert values(raw(lines))[2][1] == ["张三", "县第一高级中学\n校长"]


def test_separators_inside_of_cells_mislead_nobody():
    lines = [["姓名", "单位及职务"], ["张三", "县工会,主席,党组书记,委员"], ["李四", "县妇联,主席,委员"]]
    assert values(text_table(lines, delimiter="\t"))[1][1] == ["张三", "县工会,主席,党组书记,委员"]
    assert values(text_table(lines))[1][1] == ["张三", "县工会,主席,党组书记,委员"]


def test_old_line_ends_and_the_separator_line_of_excel():
    assert values(raw("姓名,手机\r张三,1\r")) == [(1, ["姓名", "手机"]), (2, ["张三", "1"])]
    assert values(raw("sep=;\r\n姓名;手机\r\n张三;1,2\r\n")) == [(2, ["姓名", "手机"]), (3, ["张三", "1,2"])]


def test_a_text_cell_as_excel_keeps_its_zeros():
    assert values(raw('姓名,手机\n张三,"=""0138"""\n李四,="02"\n')) == [
        (1, ["姓名", "手机"]), (2, ["张三", "0138"]), (3, ["李四", "02"]),
    ]  # fmt: skip


@pytest.mark.parametrize(("cell", "reason"), [
    ("=TODAY()", "是公式，文本表格里没有计算结果。请改成直接填写的值"),
    ("########", "导出文本表格时没有存下内容（列太窄或公式出错）。请改成直接填写的值"),
    ("#N/A", "导出文本表格时没有存下内容（列太窄或公式出错）。请改成直接填写的值"),
    ("1.38E+10", "是长号码，导出文本表格时后几位已经丢失。请重新填写完整的号码"),
])  # fmt: skip
def test_what_an_export_has_lost_is_said(cell, reason):
    trouble = values(raw(f"姓名,手机\n张三,{cell}\n"))[1][1][1]
    assert (trouble.reason, trouble.shown) == (reason, cell)


def test_october_that_has_lost_its_zero_is_asked_about():
    assert values(raw("姓名,出生年月\n张三,1975.1\n李四,1975.10\n"))[1:] == [
        (2, ["张三", 1975.1]),
        (3, ["李四", "1975.10"]),
    ]


SAVE = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”或“CSV UTF-8”后再导入。"


@pytest.mark.parametrize(("content", "sentence"), [
    (b"", "“名册.csv”是空文件，没有内容。请重新选择文件。"),
    ("姓名,手机\n张\0三,1\n".encode(), f"“名册.csv”里面有空字符，不是普通的文本表格。{SAVE}"),
    ("姓名,手机\n".encode("utf-16"), f"“名册.csv”里面有空字符，不是普通的文本表格。{SAVE}"),
    (b"\xff\xfe\xfd,\xff\n", f"“名册.csv”的文字编码认不出来（只认 UTF-8 和 GBK、GB18030）。{SAVE}"),
    ("姓名,手机,任职日期,界别\n张三,1\n".encode() + b"\xe5\xbc,2\n",
     f"“名册.csv”第 3 行有读不出来的乱码，可能没有存完整。请检查这一行，{SAVE.removeprefix('请')}"),
    ('姓名,手机\n张三,1\n"李四,2\n王五,3\n'.encode(),
     "“名册.csv”从第 3 行起引号没有配对，分不清格子。请检查这一行的双引号（格子里的双引号要写成两个），或"
     + SAVE.removeprefix("请")),
    (b"%PDF-1.7\n%%EOF", "“名册.csv”不是 Excel 工作簿，或者已经损坏。"),
])  # fmt: skip
def test_what_cannot_be_read_says_why(content, sentence):
    assert refusal(File(content, "名册.csv")).startswith(sentence)


def test_more_than_ten_megabytes_are_refused_and_a_little_less_is_read():
    header, line = "姓名,手机,任职日期\n".encode(), ("张三,13800000001," + "长" * 100 + "\n").encode()
    full = header + line * ((limits.MAX_TEXT_BYTES - 100) // len(line))
    assert len(reading.read(File(header + line * 5000, "名册.csv")).sheets[0].rows) == 5001
    assert refusal(File(full + line, "名册.csv")) == "“名册.csv”超过 10 MB。请分成几个文件导入。"
    assert refusal(File(full, "名册.csv")) == "工作表“名册”超过 30000 行。请分成几个文件导入。"


def problems(file: File):
    report = Report("名册.csv", "", True)
    report.tables = find_tables(reading.read(file), COLUMNS)
    for table in report.tables:
        report.open_table(table)
        for row in table.rows:
            RowReader(table, row, report.errors, report.notes).check_width()
    return report


def test_a_row_with_too_many_cells_is_an_error_at_its_place_and_loses_nothing():
    report = problems(raw("姓名,手机,任职日期\n张三,1,2,副主席\n李四,1,2,,\n"))
    assert [(p.row, p.cell, p.value) for p in report.errors] == [(2, "D2", "副主席")]
    assert report.errors[0].reason == (
        "这一行有 4 格，表头只有 3 列，多半是格子里有分隔符而没有加引号，后面的内容错了位。请把各格移回原来的列，清空多出的格"
    )
    handed_back = reading.read(File(error_workbook(report, COLUMNS), "错误.xlsx")).sheets[0]
    assert handed_back.rows[1].values[:4] == ["张三", "1", "2", "副主席"]


def test_a_row_with_too_few_cells_is_read_and_said():
    report = problems(raw("姓名,手机,任职日期\n张三\n李四,1\n王五,1,2\n"))
    assert (report.errors, [(note.row, note.reason) for note in report.notes]) == (
        [], [(2, "格数比表头少，缺的格按空着读，这样的共有 2 行")],
    )  # fmt: skip


def test_the_file_is_known_again_by_its_sum():
    assert reading.read(text_table()).sha256 == reading.read(text_table(name="别名.csv")).sha256
    assert len(reading.read(text_table()).sha256) == 64
