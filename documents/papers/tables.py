"""Tables with lines, as forms and lists on official paper have them."""

from collections.abc import Iterable, Sequence

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from . import page

WIDTH = 156  # mm of text on the page
SIZE, LINE = 12, 20  # 小四, points a line


def new(paper: Paper, widths: Sequence[float]) -> Table:
    """An empty table over the whole text; the widths are in mm."""
    table = paper.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def row(table: Table, texts: Iterable[str], widths: Sequence[float], fonts: Sequence[str] = ()) -> list[_Cell]:
    """One more row that is not torn by the end of a page. A text of several lines gives several paragraphs."""
    added = table.add_row()
    _keep_together(added)
    cells = list(added.cells)
    for index, (cell, text, width) in enumerate(zip(cells, texts, widths, strict=True)):
        cell.width = Mm(width)
        _fill(cell, text, fonts[index] if fonts else page.TEXT)
    return cells


def head(table: Table, names: Iterable[str], widths: Sequence[float]) -> None:
    """The first row, repeated on every page."""
    names = list(names)
    row(table, names, widths, [page.HEADING] * len(names))
    mark = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _fill(cell: _Cell, text: str, font: str) -> None:
    lines = text.split("\n") or [""]
    for number, words in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        page.write(paragraph, words, font, SIZE)
        paragraph.paragraph_format.line_spacing = Pt(LINE)


def _keep_together(added) -> None:
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
