"""Tables of yearly papers: a grid of centred cells, on a page that may lie across."""

from collections.abc import Iterable, Sequence

from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from documents.papers import page

# 版心 of the page that lies across: 297 mm less the margins.
ACROSS, UPRIGHT = 245, 156
LINE = 18


def turn(paper: Paper) -> None:
    """A4 across, for wide tables."""
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)


def grid(
    paper: Paper, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]], size: float = 10.5
) -> None:
    """`widths` in mm; the head is repeated on every page, no row is torn apart."""
    table = paper.add_table(rows=0, cols=len(heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):  # LibreOffice and WPS go by the grid, not by cells
        column.width = Mm(width)
    head = _row(table, heads, widths, page.HEADING, size)
    _mark(head, "w:tblHeader")
    for words in rows:
        _mark(_row(table, words, widths, page.TEXT, size), "w:cantSplit")


def _row(table, words: Sequence[str], widths: Sequence[float], font: str, size: float):
    row = table.add_row()
    for cell, width, text in zip(row.cells, widths, words, strict=True):
        cell.width = Mm(width)
        line = page.centred(page.write(cell.paragraphs[0], text, font, size))
        line.paragraph_format.line_spacing = Pt(LINE)
    return row


def _mark(row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
