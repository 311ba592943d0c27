"""A page as GB/T 9704-2012 lays it out, and the few kinds of line that papers are made of."""

import io
import unicodedata

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

# 版心 156 × 225 mm on A4; 22 lines of 28 characters of 三号 (16 pt).
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
LINES, CHARACTERS = 22, 28
LINE = 28.95
CLOSER = -6  # twentieths of a point between characters: 28 × 15.7 points are 155.1 mm; programs round to 0.1 point
TITLE, TEXT, HEADING, SUBTITLE = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"
SIZE, TITLE_SIZE, SMALL_SIZE = 16, 22, 14
NUMBER_BELOW, NUMBER_LINE = 7, 16  # mm below the text; points a line
# Marks that turn the order of the text round; a title must read as it was written.
TURNING = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


def new_paper() -> Paper:
    """An empty A4 paper with page numbers "— 1 —", 仿宋 三号, 28.95 points a line."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - NUMBER_BELOW) - Pt(NUMBER_LINE / 2)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), TEXT)
    _lay_grid(section, style)
    paper.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _number_pages(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)
    return paper


def _lay_grid(section, style) -> None:
    """22 lines of 28 characters. 28 characters of 16 points are wider than the text, so they stand a little closer.

    The text is set by that distance and by the height of its lines, not snapped to the grid: programs snap differently.
    """
    grid = section._sectPr.find(qn("w:docGrid"))
    pitch = (210 - LEFT - RIGHT) / 25.4 * 72 / CHARACTERS
    for name, value in (
        ("type", "linesAndChars"),
        ("linePitch", round(LINE * 20)),
        ("charSpace", round((pitch - SIZE) * 4096)),
    ):
        grid.set(qn(f"w:{name}"), str(value))
    snap, closer = OxmlElement("w:snapToGrid"), OxmlElement("w:spacing")
    snap.set(qn("w:val"), "0")
    style.paragraph_format.widow_control = False  # every full page has its 22 lines
    closer.set(qn("w:val"), str(CLOSER))
    style.element.get_or_add_pPr().insert_element_before(snap, "w:spacing", "w:ind", "w:jc")
    style.element.rPr.insert_element_before(closer, "w:kern", "w:sz", "w:szCs", "w:lang")


def turn(paper: Paper) -> Paper:
    """Lay the paper across, for wide tables: 225 mm of text; what was above is then on the right."""
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(BOTTOM), Mm(TOP)
    section.top_margin, section.bottom_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(RIGHT - NUMBER_BELOW) - Pt(NUMBER_LINE / 2)
    return paper


def title(paper: Paper, *lines: str) -> Paragraph:
    """A title breaks where its sense does, not in the middle of a word (GB/T 9704)."""
    return centred(line(paper, "\n".join(lines), TITLE, TITLE_SIZE))


def subtitle(paper: Paper, words: str) -> Paragraph:
    return centred(line(paper, words, SUBTITLE))


def heading(paper: Paper, words: str) -> Paragraph:
    paragraph = line(paper, words, HEADING)
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def line(paper: Paper, words: str = "", font: str = TEXT, size: float = SIZE) -> Paragraph:
    return write(paper.add_paragraph(), words, font, size)


def write(paragraph: Paragraph, words: str, font: str = TEXT, size: float = SIZE) -> Paragraph:
    """Put the words into a paragraph, in that font also for the Chinese in it; what no paper can hold is left out."""
    run = paragraph.add_run(plain(words))
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    layout = paragraph.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE)
    return paragraph


def plain(words: str) -> str:
    """The words without control and direction marks, half characters and non-characters; line ends stay."""
    return "".join(char for char in words if _can_be_printed(char))


def _can_be_printed(char: str) -> bool:
    if char in "\n\t":
        return True
    return unicodedata.category(char) not in ("Cc", "Cs") and char not in TURNING and ord(char) & 0xFFFE != 0xFFFE


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


def indented(paragraph: Paragraph) -> Paragraph:
    """The first line begins two characters in, as every paragraph of an official paper."""
    paragraph.paragraph_format.first_line_indent = Pt(2 * SIZE)
    return paragraph


def centred(paragraph: Paragraph) -> Paragraph:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def _number_pages(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
    """四号半角宋体 “— 1 —” below the text: odd pages to the right, even ones to the left, one character in."""
    write(paragraph, "— ", "宋体", SMALL_SIZE)
    run = paragraph.add_run()
    run.font.size = Pt(SMALL_SIZE)
    for kind, words in (("begin", ""), (None, " PAGE "), ("end", "")):
        run._element.append(_field_part(kind, words))
    write(paragraph, " —", "宋体", SMALL_SIZE)
    paragraph.alignment = side
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.left_indent, layout.right_indent = Pt(NUMBER_LINE), Pt(SMALL_SIZE), Pt(SMALL_SIZE)


def _field_part(kind: str | None, words: str):
    part = OxmlElement("w:fldChar" if kind else "w:instrText")
    if kind:
        part.set(qn("w:fldCharType"), kind)
    else:
        part.text = words
    return part
