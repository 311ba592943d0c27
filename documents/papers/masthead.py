"""The red head of a paper that has no letterhead: its name, number, house and day above a red line (纪要格式, 简报)."""

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from . import letter, page

BULLETIN_SIZE, MINUTES_SIZE = 48, 36
MINUTES_TOP = Mm(35)  # between the edge of the text and the name (GB/T 9704 §10.3)


def masthead(paper: Paper, name: str, size: float = BULLETIN_SIZE) -> None:
    head = page.centred(page.line(paper, name, page.TITLE, size))
    head.paragraph_format.line_spacing = Pt(size + 18)
    head.runs[0].font.color.rgb = letter.RED


def minutes_head(paper: Paper, name: str) -> None:
    """The name of 纪要, 35 mm below the upper edge of the text; Word keeps such a space only above a spacer line."""
    spacer = page.line(paper)
    spacer.paragraph_format.line_spacing = MINUTES_TOP
    masthead(paper, name, MINUTES_SIZE)


def house_and_day(paper: Paper, house: str, day: str) -> None:
    """The house on the left, the day on the right, above a red line."""
    table = paper.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    page.without_padding(table)
    left, right = table.rows[0].cells
    left.width, right.width = Mm(96), Mm(60)
    page.write(left.paragraphs[0], house)
    page.write(right.paragraphs[0], day)
    right.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _red_line(page.line(paper))


def _red_line(line) -> None:
    line.paragraph_format.line_spacing = Pt(12)
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "1"), ("color", str(letter.RED))):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    line._p.get_or_add_pPr().insert_element_before(borders, *letter.AFTER_BORDERS)
