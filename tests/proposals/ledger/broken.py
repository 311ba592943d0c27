"""Workbooks that are wrong in one way each: what the report must say, and that nothing is written."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime

from openpyxl import Workbook

from tests.documents import files
from tests.documents.sheets.books import rewritten

from .ledgers import HEADER, File, handled, row, saved, workbook

SHEET = "xl/worksheets/sheet1.xml"
Case = tuple[str, Callable[[], File], str]


def page(*rows, header=HEADER) -> Workbook:
    book = Workbook()
    book.active.title = "台账"
    for line in ([header] if header else []) + [
        [r.get(name) for name in HEADER] if isinstance(r, dict) else r for r in rows
    ]:
        book.active.append(list(line))
    return book


def merged(area: str, *rows) -> File:
    book = page(*rows)
    book.active.merge_cells(area)
    return saved(book)


def raw(content: bytes, name: str) -> File:
    return File(content, name)


def bomb() -> File:
    """A sheet that unpacks to a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(saved(page(row(1)))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != SHEET:
                new.writestr(entry.filename, old.read(entry.filename))
        with new.open(SHEET, "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(b" " * 1024 * 1024)
    return File(out.getvalue())


def entities() -> File:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return rewritten(saved(page(row(1))), SHEET, lambda xml: doctype + xml)


def formula(cell: str, text: str) -> File:
    book = page(handled(1))
    book.active[cell] = text
    return saved(book)


def far_below(number: int) -> File:
    book = page(row(1))
    book.active[f"A{number}"] = 9
    return saved(book)


# name, maker, the sentence (its beginning, after the place) that must be among the errors
WHOLE: list[Case] = [
    ("empty file", lambda: raw(b"", "台账.xlsx"), "“台账.xlsx”是空文件，没有内容。"),
    ("csv", lambda: raw("案号,案由\n1,甲".encode("gb18030"), "台账.csv"), "工作表“台账”第 1 行“提案人”：表头里没有这一列"),
    ("csv called xlsx", lambda: raw("案号,案由\n1,甲".encode(), "台账.xlsx"), "工作表“台账”第 1 行“审查结果”：表头里没有这一列"),
    ("old xls", lambda: raw(files.ole("Root Entry", "Workbook"), "台账.xls"), "“台账.xls”是旧版 Excel（.xls）"),
    ("encrypted", lambda: raw(files.ole("Root Entry", "EncryptedPackage"), "台账.xlsx"), "“台账.xlsx”设了打开密码"),
    ("word", lambda: raw(files.word(), "台账.xlsx"), "“台账.xlsx”其实是Word 文档"),
    ("picture", lambda: raw(b"\x89PNG\r\n\x1a\n" + bytes(50), "台账.xlsx"), "“台账.xlsx”不是 Excel 工作簿"),
    ("pdf", lambda: raw(files.pdf(), "台账.xlsx"), "“台账.xlsx”不是 Excel 工作簿"),
    ("plain zip", lambda: raw(files.package({"a.txt": b"a"}), "台账.xlsx"), "“台账.xlsx”其实是压缩包"),
    ("cut off", lambda: raw(saved(page(row(1))).getvalue()[:-200], "台账.xlsx"), "“台账.xlsx”打不开"),
    ("damaged part", lambda: rewritten(saved(page(row(1))), SHEET, lambda xml: xml[:300]), "“台账.xlsx”打不开"),
    ("no styles", lambda: rewritten(saved(page(row(1))), "xl/styles.xml", lambda xml: b"<styleSheet"), "“台账.xlsx”打不开"),
    ("zip bomb", bomb, "“台账.xlsx”展开后的内容过大"),
    ("entities", entities, "“台账.xlsx”里面夹带了脚本或程序"),
    ("nothing in it", lambda: saved(Workbook()), "“台账.xlsx”里没有内容"),
    ("header only", lambda: saved(page()), "只有表头，没有提案。"),
    ("no header", lambda: saved(page([1, "甲", "乙"], header=None)), "“台账.xlsx”前 20 行没有找到表头。"),
    ("missing outcome", lambda: workbook([[1, "甲", "张三"]], header=("案号", "案由", "提案人")),
     "工作表“台账”第 1 行“审查结果”：表头里没有这一列（也可写 审查意见、审查情况、立案情况）。请补上后再导入。"),
    ("missing several", lambda: workbook([[1, "甲"]], header=("案号", "案由")),
     "第 1 行“提案人”：表头里没有这一列（也可写 提案者、提案委员、第一提案人）。请补上后再导入；全是集体提案的，有“集体名称”列也行。"),
    ("one column twice", lambda: workbook([[1, "甲", "张三", "立案", "立案"]], header=("案号", "案由", "提案人", "审查结果", "审查结果")),
     "工作表“台账”第 1 行“审查结果”（E1）填的是“审查结果”：有两列都叫“审查结果”（D1 和 E1）。"),
    ("far below", lambda: far_below(6000), "工作表“台账”第 6000 行（A6000）填的是“9”：这一行上面有 5997 行空行。"),
    ("another table", lambda: workbook([["张三", 138, "男"]], header=("姓名", "手机", "性别")), "“台账.xlsx”前 20 行没有找到表头。"),
]  # fmt: skip

CELLS: list[Case] = [
    ("outcome unknown", lambda: workbook([row(1, "通过")]), "（H2）填的是“通过”：不认识“通过”。请写：立案、不予立案、并案、撤案、待审"),
    ("outcome empty", lambda: workbook([row(1, None)]), "（H2）：审查结果是空的。请写：立案、不予立案、并案、撤案、待审"),
    ("title empty", lambda: workbook([row(1, 案由=None)]), "（B2）：案由是空的。"),
    ("title too long", lambda: workbook([row(1, 案由="长" * 101)]), "有 101 个字，超过 100 个字。请缩短"),
    ("no proposer", lambda: workbook([row(1, 提案人=None)]), "（C2）：提案人是空的。"),
    ("a number as proposer", lambda: workbook([row(1, 提案人=12)]), "（C2）填的是“12”：“12”不像姓名。"),
    ("a body as proposer", lambda: workbook([row(1, 提案人="民盟西平县支部")]), "“民盟西平县支部”不像姓名，像单位名称。"),
    ("one or several", lambda: workbook([row(1, 提案人="张三、李四")]), "（D2）填的是“个人”：写的是个人，提案人却有 2 人。"),
    ("kind unknown", lambda: workbook([row(1, 提案形式="大会")]), "（D2）填的是“大会”：不认识“大会”。请写：个人、联名、集体"),
    ("collective nameless", lambda: workbook([row(1, 提案形式="集体")]), "（E2）：提案形式是集体，却没有填集体名称。"),
    ("date in words", lambda: workbook([row(1, 提交日期="四月中旬")]), "（G2）填的是“四月中旬”：不是日期。请写成 2025-04-21 这样的日期"),
    ("no such day", lambda: workbook([row(1, 提交日期="2025.2.30")]), "没有 2025 年 2 月 30 日这一天。请核对"),
    ("day missing", lambda: workbook([row(1, 提交日期="2025年4月")]), "只有年月，没有日。"),
    ("year wrong", lambda: workbook([row(1, 提交日期="2205-04-21")]), "年份是 2205 年，可能写错了。请核对"),
    ("reply before assignment", lambda: workbook([handled(1, 交办日期="2025-7-1", 答复日期="2025-6-1")]),
     "（N2）填的是“2025-6-1”：早于交办日期 2025-07-01。请核对两个日期"),
    ("number became a date", lambda: workbook([row(1, 案号=datetime(2025, 1, 2))]), "（A2）填的是“2025-01-02”：被 Excel 自动改成了日期。"),
    ("number too long", lambda: workbook([row(1, 案号="长" * 31)]), "（A2）填的是"),
    ("number twice", lambda: workbook([row(1), row(2, 案号="００１")]), "（A3）填的是“００１”：案号与第 2 行重复（关于第1个问题的提案）。请核对"),
    ("merged into unknown", lambda: workbook([row(1, "并案", 并入案号=9)]), "台账和系统里都没有案号 9。请核对"),
    ("merged into nothing", lambda: workbook([row(1, "并案")]), "审查结果是并案，却没有填并入案号。"),
    ("chain", lambda: workbook([row(1), row(2, "并案", 并入案号=1), row(3, "并案", 并入案号=2)]), "本身也是并案，不能再并入它。"),
    ("cycle", lambda: workbook([row(1, "并案", 并入案号=2), row(2, "并案", 并入案号=1)]), "本身也是并案，不能再并入它。"),
    ("filed and merged", lambda: workbook([row(1), row(2, 并入案号=1)]), "审查结果是立案，却填了并入案号。"),
    ("pending and replied", lambda: workbook([row(1, "待审", 答复日期="2025-07-01")]), "审查结果是待审，却已有答复或评价。"),
    ("result unknown", lambda: workbook([handled(1, "优")]), "（O2）填的是“优”：不认识“优”。请写：A、B、C、D"),
    ("rating unknown", lambda: workbook([handled(1, 办理结果评价="还行")]), "（Q2）填的是“还行”：不认识“还行”。请写：满意、基本满意、不满意"),
    ("way unknown", lambda: workbook([row(1, "不予立案", 转办去向="随便")]), "（J2）填的是“随便”：不认识“随便”。"),
    ("assistants only", lambda: workbook([row(1, 会办单位="县财政局")]), "（L2）填的是“县财政局”：有会办单位，却没有主办单位。"),
    ("replied and not", lambda: workbook([handled(1, "办理中")]), "写的是还没有答复，却填了答复日期。请核对"),
    ("formula without result", lambda: formula("F2", '=IF(A2>1,"甲","乙")'), '（F2）填的是“=IF(A2>1,"甲","乙")”：是公式，文件里没有存下计算结果。'),
    ("formula in error", lambda: formula("F2", "#REF!"), "（F2）填的是“#REF!”：公式出错（#REF!）。请改成直接填写的值"),
    ("two columns differ", lambda: workbook([[1, "甲", "张三", "李四", "立案"]], header=("案号", "案由", "提案人", "提案者", "审查结果")),
     "第 2 行“提案者”（D2）填的是“李四”：和“提案人”（C2）是同一个意思，填的却不一样。"),
    ("title merged down", lambda: merged("B2:B3", row(1), row(2)), "（B3）填的是“关于第1个问题的提案”：单元格 B2:B3 跨行合并，分不清各行的案由。"),
    ("merged across", lambda: merged("B2:C2", row(1)), "（B2）填的是“关于第1个问题的提案”：单元格 B2:C2 跨列合并，分不清属于哪一列。"),
    ("an ordinary word as year", lambda: workbook([row(1, 提交日期="25.4.21")]), "年份只有两位。"),
    ("a truth as date", lambda: workbook([row(1, 提交日期=True)]), "不是日期。"),
    ("half of a sheet", lambda: workbook([row(n) for n in range(1, 40)] + [row(40, "通过")]), "（H41）填的是“通过”"),
]  # fmt: skip


def all_cases() -> Iterator[Case]:
    yield from WHOLE
    yield from CELLS


def many(count: int) -> File:
    """A long ledger with an error in every tenth row."""
    return workbook(row(n, "立案" if n % 10 else "通过") for n in range(1, count + 1))
