"""The header under its title rows, and what is a record below it."""

import pytest

from documents.sheets.reading import read
from documents.sheets.refusal import Unreadable
from documents.sheets.tables import find_tables

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
    assert table.places["name"] == 1 and table.ignored == ["委员姓名"]


def test_two_columns_of_one_name_are_refused():
    sentence = refusal(book(("姓名", "姓名", "任职日期"), ("甲", "乙", 1)))
    assert sentence == "工作表“表”有两列都叫“姓名”（A1 和 B1）。请删去或改名其中一列。"


def test_a_missing_column_is_named():
    sentence = refusal(book(("姓名", "手机"), ("甲", 1)))
    assert sentence == "工作表“表”第 1 行是表头，但缺少这些列：“任职日期”。请补上后再导入。"


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
