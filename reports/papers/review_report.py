"""提案审查情况报告 as a .docx."""

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm

from documents.papers import letter as layout
from documents.papers import page
from members.models import Session
from members.periods import today
from proposals.papers.words import SENDER

from . import review_sentences as sentences

WIDTHS = (Mm(80), Mm(35), Mm(35))
HEADS = ("类别", "立案（件）", "占比")


def write(session: Session, figures: dict, counting: str) -> bytes:
    paper = page.new_paper()
    page.title(paper, *sentences.title_lines(session))
    page.subtitle(paper, SENDER)
    page.line(paper)
    for section in sentences.sections(session, figures, counting):
        layout.heading(paper, section.title)
        for words in section.paragraphs:
            layout.paragraph(paper, words)
    layout.paragraph(paper, sentences.note(counting))
    rows = sentences.categories(figures)
    if rows:
        _table(paper, session, rows)
    layout.signature(paper, SENDER, today())
    return page.content(paper)


def _table(paper: Paper, session: Session, rows: list[tuple[str, str, str]]) -> None:
    page.line(paper)
    caption = page.subtitle(paper, f"附表　{session}立案提案分类统计")
    caption.paragraph_format.keep_with_next = True
    table = paper.add_table(rows=0, cols=len(HEADS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for row in (HEADS, *rows):
        _row(table, row, page.HEADING if row is HEADS else page.TEXT)
    page.line(paper)


def _row(table, words: tuple[str, ...], font: str) -> None:
    cells = table.add_row().cells
    for cell, width, text in zip(cells, WIDTHS, words, strict=True):
        cell.width = width
        line = page.centred(page.write(cell.paragraphs[0], text, font, page.SMALL_SIZE))
        line.paragraph_format.keep_with_next = True
