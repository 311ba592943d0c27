"""并入案号: forward, backward, to cases on record; never to nothing, to itself or in a chain."""

import pytest
from openpyxl import Workbook

from proposals.ledger import imports
from proposals.models import Proposal
from proposals.statistics import session_report

from . import ledgers
from .ledgers import row

pytestmark = pytest.mark.django_db


def merged(n: int, into, **fields) -> dict:
    return row(n, "并案", 并入案号=into, **fields)


@pytest.mark.parametrize("into", [3, "3", "003", "第3号", "３", 3.0, "3.0", "并入第003号提案"])
def test_the_main_case_may_come_later(take, into):
    take(merged(1, into), row(2), row(3))
    assert Proposal.objects.get(serial=1).merged_into.serial == 3


def test_the_main_case_may_be_on_record(take):
    take(row(1))
    take(merged(2, 1))
    assert Proposal.objects.get(serial=2).merged_into.serial == 1


def test_the_main_row_may_be_on_record_and_in_the_file(take):
    take(row(1))
    report = take(row(1), merged(2, 1))
    assert (report.added, report.unchanged) == (1, 1)
    assert Proposal.objects.get(serial=2).merged_into.serial == 1


def test_numbers_that_are_no_numbers(take):
    take(row(1, 案号="平A-1"), merged(2, "平a-1"))
    assert Proposal.objects.get(serial=2).merged_into.ledger_number == "平A-1"


def test_a_merged_row_needs_no_number_of_its_own(take):
    take(merged(None, 2, 提案人="张三", 案由="关于路灯的提案"), row(2))
    assert Proposal.objects.get(serial=None).merged_into.serial == 2


def test_merges_are_counted_without_the_main_one(take, session):
    take(row(1), merged(2, 1), merged(3, 1), row(4), merged(5, 4))
    assert session_report(session)["merges"] == [{"into": "1", "count": 2}, {"into": "4", "count": 1}]


@pytest.mark.parametrize(("rows", "reasons"), [
    ([row(1), merged(2, 99)], ["台账和系统里都没有案号 99。请核对"]),
    ([row(1), merged(2, 2)], ["并入了自己。请填主案的案号"]),
    ([row(1), merged(2, 1), merged(3, 2)], ["案号 2（第 3 行）本身也是并案，不能再并入它。请填最终的主案"]),
    ([merged(1, 2), merged(2, 1)], ["案号 2（第 3 行）本身也是并案，不能再并入它。请填最终的主案",
                                   "案号 1（第 2 行）本身也是并案，不能再并入它。请填最终的主案"]),
    ([row(1, "不予立案"), merged(2, 1)], ["案号 1（第 2 行）不是立案的提案。请核对"]),
    ([row(1, "撤案"), merged(2, 1)], ["案号 1（第 2 行）不是立案的提案。请核对"]),
    ([row(1), row(2, "并案")], ["审查结果是并案，却没有填并入案号。请填主案的案号"]),
    ([row(1), row(2, 并入案号=1)], ["审查结果是立案，却填了并入案号。请改审查结果，或清空这一格"]),
])  # fmt: skip
def test_wrong_mergers(errors, rows, reasons):
    assert [sentence.split("：", 1)[1] for sentence in errors(*rows)] == reasons


def test_errors_come_in_the_order_of_the_sheets_and_rows(session):
    book = Workbook()
    for title in ("乙", "甲"):
        page = book.create_sheet(title)
        page.append(ledgers.HEADER)
        shift = 20 if title == "甲" else 0
        for line in (
            merged(shift + 1, 99),
            row(shift + 2, "通过"),
            merged(shift + 3, 99),
            row(shift + 4, 提交日期="去年"),
        ):
            page.append([line.get(name) for name in ledgers.HEADER])
    book.remove(book.worksheets[0])
    report = imports.run(ledgers.saved(book), session)
    assert [(p.sheet, p.row) for p in report.errors] == [(title, n) for title in ("乙", "甲") for n in (2, 3, 4, 5)]


def test_a_merged_row_without_the_column_is_told_which_column(errors):
    [sentence] = errors([1, "甲", "张三", "并案"], header=("案号", "案由", "提案人", "审查结果"))
    assert sentence == "工作表“台账”第 2 行“并入案号”：审查结果是并案，却没有填并入案号。请填主案的案号"


@pytest.mark.parametrize(("before", "reason"), [
    ([row(1), merged(2, 1)], "案号 2 在系统里已并入别的提案，不能再并入它。请填最终的主案"),
    ([row(2, "撤案")], "案号 2 在系统里是“撤案”，不是立案的提案。请核对"),
])  # fmt: skip
def test_wrong_mergers_into_cases_on_record(take, session, before, reason):
    take(*before)
    report = imports.run(ledgers.workbook([merged(3, 2)]), session)
    assert [problem.reason for problem in report.errors] == [reason]
