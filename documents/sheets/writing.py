"""Workbooks for people: an empty template, and the rows handed back with their errors marked."""

import io
from collections import defaultdict
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from . import cells
from .reading import Trouble, cell_name
from .reports import Report
from .tables import Column, Table

HEAD = PatternFill("solid", fgColor="F3D9D6")
WRONG = PatternFill("solid", fgColor="FFF2CC")
BOLD = Font(bold=True)
TOP = Alignment(vertical="top", wrap_text=True)
REASONS = "错误说明（改正后可不删）"
BEYOND = "（多出的格）"
A4 = 9  # as the format numbers sizes of paper


def template(columns: Iterable[Column], sheet: str, guide: Iterable[str]) -> bytes:
    """An .xlsx with the header row, drop-down lists, and a second sheet that explains it."""
    book, columns = Workbook(), tuple(columns)
    page = book.active
    page.title = sheet
    for index, column in enumerate(columns, start=1):
        cell = page.cell(1, index, column.title + ("（必填）" if column.required else ""))
        cell.font, cell.fill = BOLD, HEAD
        letter = get_column_letter(index)
        page.column_dimensions[letter].width = column.width
        if column.choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            rule.error = f"请写：{'、'.join(column.choices)}"
            page.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}5000")
    page.freeze_panes = "A2"
    _guide(book.create_sheet("填写说明"), guide)
    return _bytes(book)


def _guide(page, sentences: Iterable[str]) -> None:
    page.column_dimensions["A"].width = 100
    for number, sentence in enumerate(sentences, start=1):
        page.cell(number, 1, sentence).alignment = TOP


def listing(sheet: str, title: str, columns: Iterable[tuple[str, int]], rows: Iterable[list]) -> bytes:
    """A list for people: its title, the header (name and width of each column), the rows; it prints across A4."""
    book, columns = Workbook(write_only=True), tuple(columns)
    page = book.create_sheet(cells.sheet_name(sheet))
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows, page.freeze_panes = "2:2", "A3"
    for index, (_name, width) in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = width
    page.append([_cell(page, title)])
    page.append([_cell(page, name, HEAD) for name, _width in columns])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    return _bytes(book)


def tables(parts: Iterable[tuple[str, Iterable[str], Iterable[list]]]) -> bytes:
    """Several tables, each on a sheet of its own: its title, the header, the rows."""
    book = Workbook(write_only=True)
    for title, names, rows in parts:
        columns = tuple(names)
        page = book.create_sheet(cells.sheet_name(title))
        page.freeze_panes = "A2"
        for index in range(len(columns)):
            page.column_dimensions[get_column_letter(index + 1)].width = 24
        page.append([_cell(page, name, HEAD) for name in columns])
        for row in rows:
            page.append([_cell(page, value) for value in row])
    return _bytes(book)


def error_workbook(report: Report, columns: Iterable[Column]) -> bytes:
    """The rows as they came, wrong cells coloured, reasons in the last column; it can be imported again.

    Only columns that are read are handed back: others may hold what must not be kept (ID numbers).
    """
    book, columns = Workbook(write_only=True), tuple(columns)
    _general(book, report)
    reasons = defaultdict(list)
    for problem in report.errors:
        if problem.row:
            reasons[problem.sheet, problem.row].append(problem)
    for table in report.tables:
        page = book.create_sheet(table.sheet.title)
        shown = _columns(table, columns)
        page.append([_cell(page, title, HEAD) for title in shown.values()] + [_cell(page, REASONS, HEAD)])
        for row in table.rows:
            page.append(_row(page, row, shown, reasons[table.sheet.title, row.number]))
    return _bytes(book)


def _columns(table: Table, columns: tuple[Column, ...]) -> dict[int, str]:
    """Column index → title of what is handed back; a second column of one meaning too, or its contents would be lost."""
    shown = {table.places[column.key]: column.title for column in columns if column.key in table.places}
    shown |= {double.index: double.title for double in table.doubles}
    return shown | dict.fromkeys(_beyond(table), BEYOND)


def _beyond(table: Table) -> range:
    """Cells of a text table that have no header: they were pushed out by a separator that was not quoted."""
    widest = max((len(row.values) for row in table.rows), default=0)
    return range(table.overflow, widest) if table.overflow is not None else range(0)


def _general(book: Workbook, report: Report) -> None:
    """What has no row among those handed back."""
    handed_back = {table.sheet.title for table in report.tables}
    sentences = [problem.sentence for problem in report.errors if problem.sheet not in handed_back]
    if sentences or not report.tables:
        page = book.create_sheet("总体说明")
        for sentence in [report.summary, *sentences]:
            page.append([_cell(page, sentence)])


def _row(page, row, indexes: Iterable[int], problems: list) -> list:
    wrong = {problem.cell for problem in problems}
    cells = []
    for index in indexes:
        value = row.values[index] if index < len(row.values) else None
        value = "" if isinstance(value, Trouble) else value
        cells.append(_cell(page, value, WRONG if cell_name(index, row.number) in wrong else None))
    sentences = [f"{p.column or '本行'}：{p.reason}" for p in problems]
    cells.append(_cell(page, "；".join(sentences), WRONG if sentences else None))
    return cells


def _cell(page, value, fill=None) -> WriteOnlyCell:
    """Text stays text: nothing that begins with = becomes a formula."""
    cell = WriteOnlyCell(page, value=None)
    cells.put(cell, value)
    if fill is not None:
        cell.fill = fill
    return cell


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
