"""The official blank form (domain.md §1: 案由, 提案人, 联名人, 类别, 情况分析, 具体建议, 建议承办单位)."""

from docx.document import Document as Paper
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.table import Table

from documents.papers import page

TITLE = "政协西平县委员会提案"
WIDTHS = (34, 56, 24, 42)
NOTES = (
    "填写说明：一件提案只写一件事。情况分析写现状、问题和原因；具体建议一条写一项，编上“一、二、三”。",
    "全文一般 800 字左右，不超过 1500 字。不得填写国家秘密、工作秘密和内部资料。",
)
SMALL = 12


def blank(session: str = "") -> bytes:
    """The form with the names of its parts and nothing filled in."""
    paper = page.new_paper()
    page.title(paper, TITLE)
    page.subtitle(paper, session)
    _table(paper)
    for note in NOTES:
        page.line(paper, note, page.SUBTITLE, SMALL)
    return page.content(paper)


def _table(paper: Paper) -> None:
    table = paper.add_table(0, 4, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    _wide(table, "案由", 18)
    _two(table, "提案人", "类别")
    _wide(table, "联名人", 12)
    _wide(table, "情况分析", 58)
    _wide(table, "具体建议", 48, "一、", "二、", "三、")
    _wide(table, "建议承办单位", 14)


def _wide(table: Table, label: str, height: int, *lines: str) -> None:
    row = _row(table, height)
    _label(row.cells[0], label)
    cell = row.cells[1].merge(row.cells[3])
    for number, words in enumerate(lines or ("",)):
        page.write(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), words)


def _two(table: Table, left: str, right: str) -> None:
    row = _row(table, 12)
    _label(row.cells[0], left)
    _label(row.cells[2], right)


def _row(table: Table, height: int):
    row = table.add_row()
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, width in zip(row.cells, WIDTHS, strict=True):
        cell.width = Mm(width)
    return row


def _label(cell, words: str) -> None:
    page.write(cell.paragraphs[0], words, page.HEADING, page.SMALL_SIZE)
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
