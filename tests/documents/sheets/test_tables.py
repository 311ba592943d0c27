"""The header under its title rows, and what is a record below it."""

import pytest

from documents.sheets.problems import Problem
from documents.sheets.reading import read
from documents.sheets.refusal import Unreadable
from documents.sheets.rows import RowReader
from documents.sheets.tables import Column, find_tables

from .books import COLUMNS, HEADER, book, file


def tables(made):
    return find_tables(read(file(made)), COLUMNS)


def refusal(made) -> str:
    with pytest.raises(Unreadable) as refused:
        tables(made)
    return refused.value.sentence


def test_the_header_may_stand_under_titles():
    made = book(("西平县政协委员名册",), (), ("填报单位：办公室",), HEADER, ("张三", 1, 2))
    made.active.merge_cells("A1:C1")
    [table] = tables(made)
    assert (table.header_row, [row.number for row in table.rows]) == (4, [5])


def test_headers_are_known_by_synonyms_and_with_remarks():
    [table] = tables(book(("序号", "委员 姓名*", "手机号（11位）", "任职日期：", "备注"), (1, "张三", 2, 3, 4)))
    assert table.places == {"name": 1, "phone": 2, "since": 3}
    assert table.ignored == ["序号", "备注"]


def test_a_header_of_two_rows():
    made = book(("姓名", "联系", None), (None, "手机", "任职日期"), ("张三", 1, 2))
    made.active.merge_cells("A1:A2")
    made.active.merge_cells("B1:C1")
    [table] = tables(made)
    assert (table.header_row, table.places) == (2, {"name": 0, "phone": 1, "since": 2})


def test_the_official_name_goes_before_a_synonym():
    [table] = tables(book(("委员姓名", "姓名", "任职日期"), ("甲", "乙", 1)))
    assert (table.places["name"], table.ignored) == (1, [])
    assert table.header_notes() == ["“委员姓名”（A1）和“姓名”（B1）是同一个意思，读的是“姓名”（B1）"]


def test_of_two_synonyms_the_first_is_read():
    [table] = tables(book(("姓名", "手机号", "手机号", "任职日期"), ("甲", 1, 1, 2)))
    assert table.header_notes() == ["“手机号”（C1）和“手机号”（B1）是同一个意思，读的是“手机号”（B1）"]


@pytest.mark.parametrize(("first", "second", "found"), [
    ("甲", "甲", []), (None, "甲", []), ("甲", None, ["甲"]), ("甲", "乙", ["甲"]), ("甲 ", " 甲", []),
])  # fmt: skip
def test_two_columns_of_one_meaning_must_not_differ(first, second, found):
    [table] = tables(book(("委员姓名", "姓名", "任职日期"), (first, second, 1)))
    problems = []
    RowReader(table, table.rows[0], problems, []).check_doubles()
    reason = "和“姓名”（B2）是同一个意思，填的却不一样。请改成一样，或删去、改名其中一列"
    assert problems == [Problem("表", 2, "委员姓名", "A2", value, reason) for value in found]


def problems_of(made) -> list[Problem]:
    with pytest.raises(Unreadable) as refused:
        tables(made)
    return refused.value.problems


def test_two_columns_of_one_name_are_refused():
    assert problems_of(book(("姓名", "姓名", "任职日期"), ("甲", "乙", 1))) == [
        Problem("表", 1, "姓名", "B1", "姓名", "有两列都叫“姓名”（A1 和 B1）。请删去或改名其中一列。")
    ]


def test_each_missing_column_is_named_with_its_place():
    made = book(("手机", "电话", "委员姓名"), (1, 2, "甲"))
    columns = (*COLUMNS, Column("mail", "邮箱", ("电子邮件", "信箱"), required=True))
    with pytest.raises(Unreadable) as refused:
        find_tables(read(file(made)), columns)
    assert refused.value.problems == [
        Problem("表", 1, "任职日期", "", "", "表头里没有这一列。请补上后再导入。"),
        Problem("表", 1, "邮箱", "", "", "表头里没有这一列（也可写 电子邮件、信箱）。请补上后再导入。"),
    ]
    assert refused.value.problems[0].sentence == "工作表“表”第 1 行“任职日期”：表头里没有这一列。请补上后再导入。"


def test_a_problem_in_a_column_that_is_not_there_names_it_all_the_same():
    [table] = tables(book(("姓名", "任职日期"), ("甲", 1)))
    problems = []
    RowReader(table, table.rows[0], problems, []).problem("phone", "没有填")
    assert problems == [Problem("表", 2, "手机", "", "", "没有填")]


@pytest.mark.parametrize(("value", "shown"), [("=1+1", "=1+1"), ("#DIV/0!", "#DIV/0!")])
def test_a_cell_in_trouble_shows_what_stands_in_it(value, shown):
    [table] = tables(book(HEADER, ("甲", value, 1)))
    problems = []
    assert RowReader(table, table.rows[0], problems, []).raw("phone") is None
    assert [(problem.cell, problem.value) for problem in problems] == [("B2", shown)]


def test_the_header_repeated_on_each_page_and_rows_only_numbered_are_passed_over_with_a_note():
    header = ("序号", *HEADER)
    again = ("序号", "姓 名", "手机*", "任职日期")
    [table] = tables(book(header, (1, "张三", 1, 2), again, (2, "李四", 3, 4), again, (3,), ("4",), (5, "王五")))
    assert [row.number for row in table.rows] == [2, 4, 8]
    assert table.notes == [
        (3, "又写了一遍表头，没有读，这样的共有 2 行"), (6, "只有序号，没有内容，没有读，这样的共有 2 行"),
    ]  # fmt: skip


def test_no_header_at_all():
    sentence = refusal(book(("张三", 1), ("李四", 2)))
    assert sentence == "“表.xlsx”前 20 行没有找到表头。表头至少要有：姓名、任职日期。请参照模板加上表头后再导入。"


def test_nothing_in_the_book():
    assert refusal(book()) == "“表.xlsx”里没有内容（隐藏的工作表不读）。请检查是否选错了文件。"


def test_headings_and_totals_are_noted_not_read():
    made = book(HEADER, ("一、教育界", None, None), ("张三", 1, 2), ("合计", 1), ("说明：以上为现任",))
    made.active.merge_cells("A2:C2")
    [table] = tables(made)
    assert [row.number for row in table.rows] == [3]
    assert table.notes == [
        (2, "“一、教育界”是横跨多列的小标题，没有读"),
        (4, "“合计”不是一件件的记录，没有读"),
        (5, "“说明：以上为现任”不是一件件的记录，没有读"),
    ]


def test_every_sheet_with_a_whole_header_is_read_and_the_others_are_named():
    made = book(HEADER, ("张三", 1, 2), sheet="甲")
    for title, rows in {
        "乙": (HEADER, ("李四", 1, 2)), "汇总": (("姓名", "手机"), ("合计", 2)), "填写说明": (["怎么填"],), "旧": (HEADER, ("王五", 1, 2)),
    }.items():  # fmt: skip
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
    made["旧"].sheet_state = "hidden"
    found = tables(made)
    assert [table.sheet.title for table in found] == ["甲", "乙"]
    assert found[0].sheet.notes == ["以外还有：汇总、旧。它们是隐藏的或没有必需的列，没有读。"]
