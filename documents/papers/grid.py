"""A table with lines, as official papers carry them below the text."""

from collections.abc import Iterable

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from . import page

SIZE, LINE = 12, 18  # points
SHORT = 12  # characters of a cell that stands in the middle


def table(paper: Paper, columns: Iterable[tuple[str, int]], rows: Iterable[Iterable[str]]) -> None:
    """Heads (name and width in mm) that stand on every page, and the rows below them; a row is not torn apart."""
    columns = tuple(columns)
    grid = paper.add_table(rows=0, cols=len(columns), style="Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = [Mm(width) for _name, width in columns]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    head = _row(grid, widths, [name for name, _width in columns], page.HEADING)
    _mark(head, "w:tblHeader")
    for row in rows:
        _mark(_row(grid, widths, row, page.TEXT), "w:cantSplit")


def _row(grid, widths: list, words: Iterable[str], font: str):
    row = grid.add_row()
    for cell, width, text in zip(row.cells, widths, words, strict=True):
        cell.width = width
        line = page.write(cell.paragraphs[0], str(text), font, SIZE)
        line.paragraph_format.line_spacing = Pt(LINE)
        if len(str(text)) <= SHORT:
            page.centred(line)
    return row


def _mark(row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name, {qn("w:val"): "true"}))
