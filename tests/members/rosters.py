"""Rosters for the tests: a header, rows by column name, and the state of everything a roster may touch."""

import csv
import io

from members.models import Appointment, ImportBatch, Member, Organization, Person, Term
from members.roster import imports
from tests.documents.sheets.books import File, book, file

HEADER = (
    "序号", "委员编号", "姓名", "性别", "民族", "出生年月", "党派", "界别", "委员组", "专委会", "职务", "单位及职务", "手机", "届次",
    "任职日期", "同名说明",
)  # fmt: skip
ZHANG = {
    "委员编号": "11001", "姓名": "张三", "性别": "男", "出生年月": "1975-03", "党派": "民盟", "界别": "教育",
    "委员组": "县直第一委员组", "专委会": "经济委员会", "职务": "副主任", "单位及职务": "县第一高级中学 校长", "手机": "13800000001",
    "届次": "11", "任职日期": "2022-04-01",
}  # fmt: skip
TABLES = (Person, Member, Organization, Appointment, Term)


def workbook(*rows: dict, name: str = "名册.xlsx") -> File:
    return file(book(HEADER, *([row.get(title) for title in HEADER] for row in rows), sheet="名册"), name)


def text_table(*rows: dict, encoding: str = "utf-8", name: str = "名册.csv") -> File:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *([row.get(title) for title in HEADER] for row in rows)])
    return File(out.getvalue().encode(encoding), name)


def take(*rows: dict, user=None) -> ImportBatch | None:
    report = imports.run(workbook(*rows), 11, user)
    assert [problem.sentence for problem in report.errors] == []
    return ImportBatch.objects.filter(pk=report.batch).first()


def everything() -> dict:
    """Every value of every row that a roster may touch."""
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}
