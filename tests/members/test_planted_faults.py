"""A roster of 300 with forty planted faults: each is reported at its row and column, nothing is written, and the
corrected workbook of errors brings all 300 in. The same with 5,000 rows and 300 errors."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from documents.sheets.problems import Problem
from members.models import ImportBatch, Member, Person
from members.roster import imports
from tests.documents.sheets.books import File, book, file
from tests.factories import people

from .rosters import HEADER, everything

pytestmark = pytest.mark.django_db
COLUMN = {title: place for place, title in enumerate(HEADER, start=1)}
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超兰霞平刚"
FAMILY = "王李张刘陈杨赵黄周吴徐孙朱马胡"
DAY = "不是日期。请写成 2025-04-21 这样的日期"
ID = "像身份证号。本系统不收身份证号，没有读取。请删去后再导入"
NOT_A_PHONE = "不是手机号：应是 1 开头的 11 位数字，这里是 {} 位。请核对"
NOT_A_NAME = "不像姓名。一行只写一人，姓名以汉字或字母开头，不要有符号和号码"
FORMULA = "是公式，文件里没有存下计算结果。请在 Excel 里打开、保存一次，或改成直接填写的值"
LATER = date.today().year + 2
CHOICES = "不认识“{}”。请写：{}"
LONG = "{}有 {} 个字，超过 {} 个字。请缩短"

# row (as Excel shows it) → column → what is written there, and the reason that must be given.
FAULTS: dict[int, tuple[str, object, str]] = {
    4: ("姓名", None, "姓名是空的。请填写姓名；如果这一行不是委员，请删去"),
    8: ("姓名", "3号委员", NOT_A_NAME),
    12: ("姓名", "王一、李二", NOT_A_NAME),
    16: ("姓名", "周立!", NOT_A_NAME),
    20: ("姓名", "王五13800009999", NOT_A_NAME),
    24: ("姓名", "110101197503070010", ID),
    28: ("姓名", "长" * 41, NOT_A_NAME),
    32: ("性别", "男士", CHOICES.format("男士", "男、女")),
    36: ("性别", "M", CHOICES.format("M", "男、女")),
    40: ("民族", "长" * 21, LONG.format("民族", 21, 20)),
    44: ("出生年月", "七五年", DAY),
    48: ("出生年月", "1975-13", "没有 1975 年 13 月 1 日这一天。请核对"),
    52: ("出生年月", 1975.1, "分不清是 1 月还是 10 月。请写成 1975-10 这样的年月"),
    56: ("出生年月", "1775-03", "年份是 1775 年，可能写错了。请核对"),
    60: ("党派", "长" * 31, LONG.format("党派", 31, 30)),
    64: ("界别", "长" * 81, LONG.format("界别", 81, 80)),
    68: ("委员组", "长" * 81, LONG.format("委员组", 81, 80)),
    72: ("专委会", "长" * 81, LONG.format("专委会", 81, 80)),
    76: ("单位及职务", "410101196001010011", ID),
    80: ("单位及职务", "长" * 81, LONG.format("工作单位", 81, 80)),
    84: ("手机", "1380000001", NOT_A_PHONE.format(10)),
    88: ("手机", "0396-1234567", NOT_A_PHONE.format(11)),
    92: ("手机", "无号码", NOT_A_PHONE.format(3)),
    96: ("手机", "13800000001", "与第 2 行（王伟）重复。请核对"),
    100: ("手机", "13700000001", "这个手机号已登记给老赵。请核对"),
    104: ("委员编号", "11001", "与第 2 行（王伟）重复。请核对"),
    108: ("委员编号", "10999", "这个编号登记的是老钱。请核对；如已改名，请先在后台改姓名"),
    112: ("届次", "今年", "不是届次。请写 11 或 第十一届"),
    116: ("届次", "12", "与所选的第 11 届不同。请核对"),
    120: ("任职日期", "2022年4月", "只有年月，没有日。请写成 2025-04-21 这样的日期"),
    124: ("任职日期", "2022-02-30", "没有 2022 年 2 月 30 日这一天。请核对"),
    128: ("任职日期", "22.4.1", "年份只有两位。请写成 2025-04-21 这样的日期"),
    132: ("任职日期", "=TODAY()", FORMULA),
    136: ("任职日期", f"{LATER}-01-01", f"年份是 {LATER} 年，可能写错了。请核对"),
    140: ("同名说明", "不知道", CHOICES.format("不知道", "同一人、另一人")),
    144: ("同名说明", None, "系统里已有同名的人，分不清是不是同一人：老孙（教育，137****0003）。"
          "请在“委员编号”列写他的编号，或在“同名说明”列写“同一人”或“另一人”"),
    148: ("手机", "=A1&B1", FORMULA),
    152: ("专委会", "联谊委员会", "联谊委员会已于 2023-12-31 撤销，任职不能晚于这一天。请改填现有的机构，或删去"),
    156: ("界别", "旧工商联界", "旧工商联界已于 2023-12-31 撤销，任职不能晚于这一天。请改填现有的机构，或删去"),
    160: ("任职日期", "2027-01-01", "晚于第十一届届满日期 2026-12-31。请核对"),
}  # fmt: skip


# What else is written in a row whose fault shows in another column.
ALSO = {144: ("姓名", "老孙")}


def name(n: int) -> str:
    return FAMILY[n // 20 % 15] + GIVEN[n % 20] + ("" if n < 300 else chr(0x4E00 + n // 300))


def line(n: int) -> dict:
    return {
        "序号": n + 1, "委员编号": f"{11001 + n}", "姓名": name(n), "性别": "男女"[n % 2], "民族": "汉族", "出生年月": "1975-03",
        "党派": "民盟", "界别": ("教育", "经济", "医药卫生")[n % 3], "委员组": "县直第一委员组", "专委会": None, "职务": "委员",
        "单位及职务": "县第一高级中学 教师", "手机": f"{13800000001 + n}", "届次": "第十一届", "任职日期": "2022-04-01", "同名说明": None,
    }  # fmt: skip


def planted():
    """The workbook with all faults, the merged cell and the person in two sectors among them."""
    made = book(HEADER, *([line(n)[title] for title in HEADER] for n in range(300)), sheet="名册")
    page = made.active
    for row, (column, value, _reason) in FAULTS.items():
        page.cell(row, COLUMN[column]).value = value
    for row, (column, value) in ALSO.items():
        page.cell(row, COLUMN[column]).value = value
    return made


@pytest.fixture(autouse=True)
def known():
    """Who and what is there already."""
    term = people.term()
    type(term).objects.filter(pk=term.pk).update(ends=date(2026, 12, 31))
    people.person("老赵", phone="13700000001")
    sector = people.organization("sector", "教育")
    Member.objects.create(person=people.person("老钱"), term=term, number="10999", starts=people.LONG_AGO)
    Member.objects.create(
        person=people.person("老孙", phone="13700000003"), term=term, sector=sector, starts=people.LONG_AGO
    )
    for kind, title in (("committee", "联谊委员会"), ("sector", "旧工商联界")):
        people.organization(kind, title, ends=date(2023, 12, 31))


def found(problems: list[Problem]) -> dict:
    return {(problem.row, problem.column): problem.reason for problem in problems}


def expected() -> dict:
    return {(row, column): reason for row, (column, _value, reason) in FAULTS.items()}


def test_there_are_forty_of_them():
    assert len(FAULTS) == 40


def test_every_fault_is_reported_at_its_row_and_column_and_nothing_is_written():
    before = everything()
    report = imports.run(file(planted(), "名册.xlsx"), 11)
    assert found(report.errors) == expected()
    assert [problem.row for problem in report.errors] == list(FAULTS)
    cells = {problem.row: problem.cell for problem in report.errors}
    assert cells == {row: f"{chr(64 + COLUMN[column])}{row}" for row, (column, _v, _r) in FAULTS.items()}
    assert report.summary == (
        "发现 40 处错误（在 40 行里；其余 260 行没有发现错误），没有写入任何内容。请按下面的说明改正后重新导入。"
    )
    assert (everything(), ImportBatch.objects.count()) == (before, 0)


def test_the_corrected_workbook_of_errors_brings_all_300_in():
    report = imports.run(file(planted(), "名册.xlsx"), 11)
    handed_back = load_workbook(io.BytesIO(imports.error_workbook(report)))
    page = handed_back["名册"]
    place = {cell.value: cell.column for cell in page[1]}
    for row, (column, _value, reason) in FAULTS.items():
        assert reason in page.cell(row, page.max_column).value
        for title in {column, *ALSO.get(row, [])} & set(HEADER):
            page.cell(row, place[title]).value = line(row - 2)[title]
    before = Person.objects.count()
    done = imports.run(file(handed_back, "名册-错误.xlsx"), 11)
    assert (done.errors, done.rows, done.added) == ([], 300, 300)
    assert Person.objects.count() == before + 300


def one_fault(change) -> list[Problem]:
    before = everything()
    made = book(HEADER, *([line(n)[title] for title in HEADER] for n in range(6)), sheet="名册")
    change(made.active)
    report = imports.run(file(made, "名册.xlsx"), 11)
    assert everything() == before
    return report.errors


def test_a_merged_cell_is_reported_in_each_row_that_it_covers():
    errors = one_fault(lambda page: page.merge_cells("C3:C4"))
    assert found(errors) == {(4, "姓名"): "单元格 C3:C4 跨行合并，分不清各行的姓名。请取消合并，每行分别填写"}


def test_a_member_in_two_sectors_at_once_is_named():
    def twice(page):
        for title in ("姓名", "手机"):
            page.cell(5, COLUMN[title]).value = page.cell(3, COLUMN[title]).value
        page.cell(5, COLUMN["委员编号"]).value = None

    assert found(one_fault(twice)) == {
        (5, "手机"): "与第 3 行是同一人，界别却一行是经济、一行是教育。一人不能同时在两个界别，请只留一行"
    }


def test_two_sectors_in_one_cell_are_named():
    def both(page):
        page.cell(4, COLUMN["界别"]).value = "教育、经济"

    assert found(one_fault(both)) == {(4, "界别"): "写了 2 个。一人只能在一个界别，请只写一个"}


def test_a_seat_before_its_term_is_named():
    def early(page):
        page.cell(4, COLUMN["任职日期"]).value = "2017-03-01"

    [problem] = one_fault(early)
    assert (problem.row, problem.column, problem.reason.split("。")[0]) == (
        4, "任职日期", "早于第十一届开始日期 2022-04-01",
    )  # fmt: skip


def test_a_column_of_id_numbers_refuses_the_roster_as_a_whole():
    errors = one_fault(lambda page: page.cell(1, len(HEADER) + 1, "身份证号"))
    assert [(problem.row, problem.reason[:16]) for problem in errors] == [(0, "名册里有“身份证号”一列。本系统")]


@pytest.mark.campaign
def test_five_thousand_rows_with_three_hundred_errors_name_all_and_lose_nothing():
    rows = [[line(n)[title] for title in HEADER] for n in range(5000)]
    wrong = range(10, 5000, 16)[:300]
    for n in wrong:
        rows[n][COLUMN["手机"] - 1] = "123"
    before = everything()
    report = imports.run(file(book(HEADER, *rows, sheet="名册"), "名册.xlsx"), 11)
    assert [(p.row, p.column) for p in report.errors] == [(n + 2, "手机") for n in wrong]
    assert (report.rows, everything()) == (5000, before)
    handed_back = load_workbook(io.BytesIO(imports.error_workbook(report)))
    page = handed_back["名册"]
    column = next(cell.column for cell in page[1] if cell.value == "手机")
    for n in wrong:
        page.cell(n + 2, column).value = line(n)["手机"]
    done = imports.run(file(handed_back, "名册.xlsx"), 11)
    assert (done.errors, done.added) == ([], 5000)
    assert len(set(Person.objects.values_list("phone", flat=True))) == 5000 + 3


def test_the_same_faults_in_a_text_table_have_the_same_places():
    out = io.StringIO()
    csv.writer(out).writerows([cell.value for cell in row] for row in planted().active.iter_rows())
    report = imports.run(File(out.getvalue().encode("gb18030"), "名册.csv"), 11)
    formula = "是公式，文本表格里没有计算结果。请改成直接填写的值"
    assert found(report.errors) == {**expected(), (132, "任职日期"): formula, (148, "手机"): formula}
