"""The list as an official paper: three names a line, two-character names spaced to three."""

from docx.document import Document as Paper
from docx.shared import Mm

from documents.papers import page
from members.models import Gender, Member

from . import sections
from .wanted import Wanted

ACROSS = 3
WIDTH = 156  # mm of text on the page
MAJORITY = ("", "汉", "汉族")


def write(wanted: Wanted) -> bytes:
    """A .docx in the layout of GB/T 9704-2012."""
    found = sections.read(wanted)
    paper = page.new_paper()
    page.title(paper, wanted.title)
    page.subtitle(paper, wanted.subtitle(sum(len(section.seats) for section in found)))
    page.line(paper)
    for section in found:
        if section.title:
            page.heading(paper, f"{section.title}（{len(section.seats)} 名）")
        _names(paper, section.seats)
    return page.content(paper)


def _names(paper: Paper, seats: list[Member]) -> None:
    table = paper.add_table(rows=0, cols=ACROSS)
    table.autofit = False
    page.without_padding(table)
    for start in range(0, len(seats), ACROSS):
        cells = table.add_row().cells
        for cell, seat in zip(cells, seats[start : start + ACROSS], strict=False):
            cell.width = Mm(WIDTH / ACROSS)
            name, marks = words_of(seat)
            page.write(cell.paragraphs[0], name)
            page.write(cell.paragraphs[0], marks, page.SUBTITLE, page.SMALL_SIZE)
    page.line(paper)


def words_of(seat: Member) -> tuple[str, str]:
    """(张　三, （女，回族）): sex and ethnicity as official lists note them behind the name."""
    person = seat.person
    name = f"{person.name[0]}　{person.name[1]}" if len(person.name) == 2 else person.name
    marks = ["女"] if person.gender == Gender.FEMALE else []
    marks += [person.ethnicity] if person.ethnicity not in MAJORITY else []
    return name, f"（{'，'.join(marks)}）" if marks else ""
