"""A page as GB/T 9704-2012 lays it out, and the few kinds of line that papers are made of."""

import io

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

# 版心 156 × 225 mm on A4; 22 lines of 28 characters of 三号 (16 pt).
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
LINE = 28.95
TITLE, TEXT, HEADING, SUBTITLE = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
SIZE, TITLE_SIZE, SMALL_SIZE = 16, 22, 14


def new_paper() -> Paper:
    """An empty A4 paper with page numbers "— 1 —", 仿宋 三号, 28.95 points a line."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 7)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT)
    _number_pages(section.footer.paragraphs[0])
    return paper


def title(paper: Paper, words: str) -> Paragraph:
    return _centred(line(paper, words, TITLE, TITLE_SIZE))


def subtitle(paper: Paper, words: str) -> Paragraph:
    return _centred(line(paper, words, SUBTITLE))


def heading(paper: Paper, words: str) -> Paragraph:
    paragraph = line(paper, words, HEADING)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def line(paper: Paper, words: str = "", font: str = TEXT, size: float = SIZE) -> Paragraph:
    return write(paper.add_paragraph(), words, font, size)


def write(paragraph: Paragraph, words: str, font: str = TEXT, size: float = SIZE) -> Paragraph:
    """Put the words into a paragraph, in that font also for the Chinese in it."""
    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    return paragraph


def without_padding(table: Table) -> None:
    """Cells as wide as their text: a column is a share of the 156 mm."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def content(paper: Paper) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _centred(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _number_pages(paragraph: Paragraph) -> None:
    """四号半角宋体 “— 1 —”, in the middle below the text."""
    _centred(write(paragraph, "— ", "宋体", SMALL_SIZE))
    run = paragraph.add_run()
    run.font.size = Pt(SMALL_SIZE)
    for kind, words in (("begin", ""), (None, " PAGE "), ("end", "")):
        run._element.append(_field_part(kind, words))
    write(paragraph, " —", "宋体", SMALL_SIZE)


def _field_part(kind: str | None, words: str):
    part = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        part.set(qn("w:fldCharType"), kind)
    else:
        part.text = words
    return part
