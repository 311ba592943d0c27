"""Workbooks made for tests: by openpyxl where it can, by hand where real files are stranger."""

import io
import zipfile

from openpyxl import Workbook

from documents.sheets.tables import Column

COLUMNS = (
    Column("name", "姓名", ("委员姓名",), required=True, one_per_row=True),
    Column("phone", "手机", ("手机号",)),
    Column("since", "任职日期", required=True),
)
HEADER = ("姓名", "手机", "任职日期")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class File(io.BytesIO):
    def __init__(self, content: bytes, name: str = "表.xlsx"):
        super().__init__(content)
        self.name = name


def book(*rows, sheet: str = "表") -> Workbook:
    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(list(row))
    return made


def file(made: Workbook, name: str = "表.xlsx") -> File:
    out = io.BytesIO()
    made.save(out)
    return File(out.getvalue(), name)


def rewritten(source: File, part: str, change) -> File:
    """The same package with one part changed: `change` gets and gives bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry.filename)
            new.writestr(entry.filename, change(content) if entry.filename == part else content)
    return File(out.getvalue(), source.name)
