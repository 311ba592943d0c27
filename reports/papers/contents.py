"""目录: a field that Word brings up to date, with its entries already there: titles, and the number of each page.

The titles are headings of levels 1 and 2, so that the field finds them; each is marked, and its page is asked for by
the mark. Word and WPS fill in the pages when the file is opened.
"""

from dataclasses import dataclass

from docx.document import Document as Paper
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from documents.papers import page

INSTRUCTION = ' TOC \\o "1-2" \\h \\z \\u '
BLACK = RGBColor(0, 0, 0)
WIDTH = 210 - page.LEFT - page.RIGHT


@dataclass(frozen=True)
class Listed:
    text: str
    level: int
    mark: str


def prepare(paper: Paper) -> None:
    """The styles of the headings, plain as official papers have them; fields are brought up to date on opening."""
    for level in (1, 2):
        style = paper.styles[f"Heading {level}"]
        style.font.color.rgb, style.font.bold = BLACK, False
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    paper.settings.element.insert_element_before(
        update, "w:footnotePr", "w:endnotePr", "w:compat", "w:rsids", "m:mathPr"
    )


def begin(paper: Paper) -> Paragraph:
    """The page for the contents; gives the line after which they go."""
    first = page.centred(page.line(paper, "目　录", page.TITLE, page.TITLE_SIZE))
    first.paragraph_format.page_break_before = True
    return page.line(paper)


def heading(paper: Paper, words: str, level: int, mark: str, new_page: bool = False) -> Listed:
    """`mark`: c or p and a number, like no other."""
    line = page.line(paper, words, page.TITLE if level == 1 else page.HEADING)
    line.style = paper.styles[f"Heading {level}"]
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.page_break_before = new_page
    if level == 1:
        page.centred(line)
    _mark(line, mark)
    return Listed(page.plain(words), level, f"_Toc_{mark}")


def _mark(line: Paragraph, mark: str) -> None:
    number = str(2 * int(mark[1:]) + (mark[0] == "p"))
    for tag, place in (("w:bookmarkStart", 1), ("w:bookmarkEnd", len(line._p))):
        node = OxmlElement(tag)
        node.set(qn("w:id"), number)
        if tag == "w:bookmarkStart":
            node.set(qn("w:name"), f"_Toc_{mark}")
        line._p.insert(place + (tag == "w:bookmarkEnd"), node)


def fill(paper: Paper, place: Paragraph, listed: list[Listed]) -> None:
    """The entries below the line; the field goes around all of them."""
    before = place
    for number, entry in enumerate(listed):
        line = _entry(paper, entry, begins=number == 0, ends=number == len(listed) - 1)
        before._p.addnext(line._p)
        before = line


def _entry(paper: Paper, entry: Listed, begins: bool, ends: bool) -> Paragraph:
    line = paper.add_paragraph()
    layout = line.paragraph_format
    layout.left_indent, layout.space_after, layout.line_spacing = (
        Pt(page.SIZE * 2 * (entry.level - 1)),
        Pt(0),
        Pt(page.LINE),
    )
    layout.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if begins:
        _field_start(line, INSTRUCTION)
    page.write(line, f"{entry.text}\t", page.HEADING if entry.level == 1 else page.TEXT, page.SMALL_SIZE)
    _field_start(line, f" PAGEREF {entry.mark} \\h ")
    page.write(line, "…", page.TEXT, page.SMALL_SIZE)
    _field_part(line, "end")
    if ends:
        _field_part(line, "end")
    return line


def _field_start(line: Paragraph, instruction: str) -> None:
    _field_part(line, "begin")
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = instruction
    line.add_run()._r.append(words)
    _field_part(line, "separate")


def _field_part(line: Paragraph, kind: str) -> None:
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    line.add_run()._r.append(part)
