"""目录: a field that Word brings up to date, with its entries already there: titles, and the number of each page.

The titles are headings of levels 1 and 2, so that the field finds them; each is marked, and its page is asked for by
the mark. LibreOffice brings no contents up to date, so it is asked beforehand on which page each heading comes, and the
numbers are written in; Word counts them again on opening. Without LibreOffice the places stay open until Word fills them.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document as Paper
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from documents import pdf
from documents.papers import page

INSTRUCTION = ' TOC \\o "1-2" \\h \\z \\u '
BLACK = RGBColor(0, 0, 0)
WIDTH = 210 - page.LEFT - page.RIGHT
UNKNOWN, AS_WIDE = "…", "000"  # a page that is not known, and what takes its place while the pages are counted


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


def fill(paper: Paper, place: Paragraph, listed: list[Listed]) -> list[Run]:
    """The entries below the line; the field goes around all of them. Gives the places of their pages."""
    before, places = place, []
    for number, entry in enumerate(listed):
        line, found = _entry(paper, entry, begins=number == 0, ends=number == len(listed) - 1)
        before._p.addnext(line._p)
        before = line
        places.append(found)
    return places


def number(paper: Paper, places: Sequence[Run], for_good: bool = False) -> None:
    """Write the pages into their places, as LibreOffice lays the paper out; where it cannot, they stay open until Word
    fills them, or, `for_good` (a .pdf, which nothing fills later), it raises pdf.NoPdf."""
    from pypdf.errors import PyPdfError  # here, because it takes a tenth of a second and few processes need it

    _write(places, [AS_WIDE] * len(places))
    try:
        found = list(_pages(pdf.converted(page.content(paper))))
    except pdf.NoPdf:
        if for_good:
            raise
        found = []
    except PyPdfError:
        found = []
    is_whole = len(found) == len(places)
    if for_good and not is_whole:
        raise pdf.NoPdf("目录的页码没有数出来。")
    _write(places, found if is_whole else [UNKNOWN] * len(places))


def _write(places: Sequence[Run], words: Sequence[str]) -> None:
    for place, text in zip(places, words, strict=True):
        place.text = text


def _pages(content: bytes) -> Iterator[str]:
    """The page of each heading, in their order: the outline of the .pdf has them all."""
    from pypdf import PdfReader

    paper = PdfReader(io.BytesIO(content))
    waiting = [iter(paper.outline)]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif isinstance(entry, list):
            waiting.append(iter(entry))
        else:
            yield str(paper.get_destination_page_number(entry) + 1)


def _entry(paper: Paper, entry: Listed, begins: bool, ends: bool) -> tuple[Paragraph, Run]:
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
    place = page.write(line, UNKNOWN, page.TEXT, page.SMALL_SIZE).runs[-1]
    _field_part(line, "end")
    if ends:
        _field_part(line, "end")
    return line, place


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
