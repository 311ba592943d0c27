"""信函格式 of GB/T 9704-2012: the sender in red above a double rule, addressee, text, signature and date."""

from datetime import date

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from . import page
from .templates import marks

RED = RGBColor(0xC0, 0x00, 0x00)
HEAD_SIZE = 28
# The rules are 170 mm long, the text 156: they reach over on both sides of it.
OVER_LEFT, OVER_RIGHT = Mm(8), Mm(6)
HEAD_TOP, FOOT_BOTTOM = Mm(30), Mm(20)
# What the format wants to stand after the borders in the properties of a paragraph.
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
AFTER_FRAME = ("w:widowControl", "w:numPr", "w:suppressLineNumbers", "w:pBdr", *AFTER_BORDERS)
MARK_HEIGHT = Pt(34)
FOUR = 4 * page.SIZE  # the date ends four characters from the right edge


def new_letter(sender: str, reference: str, mark: str = "") -> Paper:
    """An empty letter of the sender's; `reference` is its number or the blank for it. No page number on page one.

    `mark` stands in the top right corner, above the sender (办理结果 of a reply).
    """
    paper = page.new_paper()
    section = paper.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = HEAD_TOP, FOOT_BOTTOM
    head = section.first_page_header
    if mark:
        section.header_distance = HEAD_TOP - MARK_HEIGHT
        _mark(head.paragraphs[0], mark)
    _head(head.add_paragraph() if mark else head.paragraphs[0], sender)
    _rule(section.first_page_footer.paragraphs[0], "top", "thinThickSmallGap")
    number = page.line(paper, reference)
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page.line(paper)
    return paper


def addressee(paper: Paper, name: str) -> Paragraph:
    page.line(paper)
    return page.line(paper, f"{name}：")


def paragraph(paper: Paper, words: str) -> Paragraph:
    return page.indented(page.line(paper, words))


def paragraphs(paper: Paper, text: str) -> None:
    """A text of several lines, each a paragraph."""
    for words in marks.lines(text):
        paragraph(paper, words)


def heading(paper: Paper, words: str) -> Paragraph:
    return page.indented(page.heading(paper, words))


def item(paper: Paper, label: str, words: str) -> Paragraph:
    """案由：… with the lines after the first under its beginning."""
    line = page.line(paper, f"{label}：{words}")
    hanging = (len(label) + 1) * page.SIZE
    line.paragraph_format.left_indent = Pt(2 * page.SIZE + hanging)
    line.paragraph_format.first_line_indent = Pt(-hanging)
    return line


def signature(paper: Paper, sender: str, on: date | str | None) -> None:
    """The sender above the date, which ends four characters before the edge; kept together with the last line."""
    words = on if isinstance(on, str) else dated(on)
    paper.paragraphs[-1].paragraph_format.keep_with_next = True
    _to_the_right(page.line(paper), 0)
    _to_the_right(page.line(paper), 0)
    width = sum(page.SIZE if ord(char) > 0xFF else page.SIZE / 2 for char in words)
    middle = FOUR + width / 2
    _to_the_right(page.line(paper, sender), max(0, middle - len(sender) * page.SIZE / 2))
    last = _to_the_right(page.line(paper, words), FOUR)
    last.paragraph_format.keep_with_next = False


def enclosed_name(paper: Paper, words: str, is_first: bool = True) -> None:
    """附件：… an empty line below the text, the names of several one below the other (GB/T 9704 §7.3.4)."""
    label = "附件：" if is_first else ""
    if is_first:
        page.line(paper)
    line = page.line(paper, f"{label}{words}")
    line.paragraph_format.left_indent = Pt(5 * page.SIZE)
    line.paragraph_format.first_line_indent = Pt(-len(label) * page.SIZE)
    line.paragraph_format.keep_with_next = True


def enclosure(paper: Paper, title: str, number: str = "") -> None:
    """附件 on a page of its own, with its number where there are several."""
    page.line(paper, f"附件{number}", page.HEADING).paragraph_format.page_break_before = True
    page.line(paper)
    page.title(paper, title)
    page.line(paper)


def copies(paper: Paper, to: str) -> None:
    """抄送 at the foot of the last page, in 四号; a letter's 版记 has no lines and no print office (GB/T 9704 §10.1)."""
    line = page.line(paper, f"抄送：{to.rstrip('。')}。", size=page.SMALL_SIZE)
    hanging = 3 * page.SMALL_SIZE
    line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = (
        Pt(hanging + page.SMALL_SIZE),
        Pt(-hanging),
    )
    line.paragraph_format.right_indent = Pt(page.SMALL_SIZE)
    line.paragraph_format.keep_together = True
    frame = OxmlElement("w:framePr")
    width = str(round((210 - page.LEFT - page.RIGHT) / 25.4 * 1440))
    for name, value in (("w", width), ("wrap", "around"), ("vAnchor", "margin"), ("hAnchor", "margin"),
                        ("xAlign", "left"), ("yAlign", "bottom")):  # fmt: skip
        frame.set(qn(f"w:{name}"), value)
    line._p.get_or_add_pPr().insert_element_before(frame, *AFTER_FRAME)


def dated(on: date | None) -> str:
    """2026年4月23日; a blank to fill in where the day is not known."""
    return f"{on.year}年{on.month}月{on.day}日" if on else "　　年　月　日"


def _to_the_right(line: Paragraph, points: float) -> Paragraph:
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.paragraph_format.right_indent = Pt(points)
    line.paragraph_format.keep_with_next = line.paragraph_format.keep_together = True
    return line


def _head(line: Paragraph, sender: str) -> None:
    page.write(line, sender, page.TITLE, HEAD_SIZE)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.line_spacing = Pt(HEAD_SIZE + 12)
    run = line.runs[0]
    run.font.color.rgb = RED
    _rule(line, "bottom", "thickThinSmallGap")


def _mark(line: Paragraph, words: str) -> None:
    page.write(line, words, page.HEADING)
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.paragraph_format.line_spacing = MARK_HEIGHT


def _rule(line: Paragraph, side: str, kind: str) -> None:
    """A red double rule of 170 mm above or below a line."""
    line.paragraph_format.left_indent, line.paragraph_format.right_indent = -OVER_LEFT, -OVER_RIGHT
    borders, rule = OxmlElement("w:pBdr"), OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", "24"), ("space", "4"), ("color", str(RED))):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    line._p.get_or_add_pPr().insert_element_before(borders, *AFTER_BORDERS)
