"""A long list as an .xlsx, written row by row: memory does not grow with the number of rows.

The library is told in docs/decisions/exports.md. Cells are made once for each column and filled again for each row;
a row is written out before the next one is begun.
"""

import datetime
import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from copy import copy
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from . import cells

HEAD = PatternFill("solid", fgColor="F3D9D6")
BOLD, TITLE = Font(bold=True), Font(bold=True, size=14)
TOP, MIDDLE = Alignment(vertical="top", wrap_text=True), Alignment(vertical="center", wrap_text=True)
A4 = 9  # as the format numbers sizes of paper
HEAD_ROW = 2


def write(path: Path, sheet: str, title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence]) -> int:
    """Title line, head (name and width of each column), the rows; head frozen and repeated, filters on. How many rows."""
    book = Workbook(write_only=True)
    page = book.create_sheet(cells.sheet_name(sheet))
    _set_up(page, columns)
    page.append([_cell(page, title, font=TITLE)])
    page.append([_cell(page, name, font=BOLD, fill=HEAD, alignment=MIDDLE) for name, _width in columns])
    written = _put_rows(book, page, columns, rows)
    last = get_column_letter(max(len(columns), 1))
    page.auto_filter.ref = f"A{HEAD_ROW}:{last}{HEAD_ROW + written}"
    book.save(path)
    return written


def _put_rows(book: Workbook, page, columns: Sequence, rows: Iterable[Sequence]) -> int:
    """Cut off in between, the library's own temporary file goes too: only saving removes it."""
    written, line = 0, Line(page, len(columns))
    try:
        for row in rows:
            page.append(line.filled(row))
            written += 1
    except BaseException:
        with suppress(Exception):
            book.save(io.BytesIO())
        raise
    return written


class Line:
    """One cell of each kind for each column, used again for every row: making them anew was half of the time."""

    def __init__(self, page, columns: int):
        made = {
            str: "甲",
            datetime.datetime: datetime.datetime.min.replace(year=2000),
            datetime.date: datetime.date.max,
            int: 1,
        }
        self.cells = [
            {kind: _cell(page, value, alignment=TOP) for kind, value in made.items()} for _n in range(columns)
        ]

    def filled(self, row: Sequence) -> list:
        return [self._one(kinds, value) for kinds, value in zip(self.cells, row, strict=True)]

    def _one(self, kinds: dict, value):
        found = cells.kept(value)
        cell = kinds.get(type(found)) or kinds[int]
        cell.value = found
        if type(found) is str:
            cell.data_type = "s"
        return cell


def _set_up(page, columns: Sequence[tuple[str, int]]) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows, page.freeze_panes = f"{HEAD_ROW}:{HEAD_ROW}", f"A{HEAD_ROW + 1}"
    for index, (_name, width) in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = width


def _cell(page, value, **styles) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value=None)
    for name, style in styles.items():
        setattr(cell, name, copy(style))
    cells.put(cell, value)
    return cell
