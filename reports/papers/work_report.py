"""提案工作情况报告 as a .docx."""

from documents.papers import letter as layout
from documents.papers import page
from members.periods import today
from proposals.papers.words import SENDER

from . import tables
from . import work_sentences as sentences
from .work_figures import Work

CATEGORY_HEADS, CATEGORY_WIDTHS = (
    ("类别", "立案（件）", "占比", "A类", "B类", "C类", "D类"),
    (44, 24, 20, 17, 17, 17, 17),
)
UNIT_HEADS, UNIT_WIDTHS = (
    ("承办单位", "承办（件）", "按期办复率", "面商率", "解决率", "结果满意率"),
    (46, 22, 24, 20, 20, 24),
)


def write(work: Work) -> bytes:
    paper = page.new_paper()
    page.title(paper, *sentences.title_lines(work.session))
    page.subtitle(paper, SENDER)
    page.line(paper)
    for section in sentences.sections(work):
        layout.heading(paper, section.title)
        for words in section.paragraphs:
            layout.paragraph(paper, words)
    layout.paragraph(paper, sentences.note())
    _table(paper, f"附表一　{work.session}立案提案分类统计", CATEGORY_HEADS, CATEGORY_WIDTHS, category_rows(work))
    _table(paper, f"附表二　{work.session}提案承办单位情况", UNIT_HEADS, UNIT_WIDTHS, unit_rows(work))
    layout.signature(paper, SENDER, today())
    return page.content(paper)


def category_rows(work: Work) -> list[tuple[str, ...]]:
    """The lines of the table, the total last; empty when nothing was filed."""
    rows = [
        (line.name, str(line.filed), line.share, *(str(line.results.get(key, 0)) for key in "ABCD"))
        for line in work.categories
    ]
    total = ("合计", str(work.figures["filed"]), "100.0%", *(str(work.figures["by_result"][key]) for key in "ABCD"))
    return [*rows, total] if rows else []


def unit_rows(work: Work) -> list[tuple[str, ...]]:
    return [(line.name, str(line.handled), *line.shares) for line in work.unit_lines]


def _table(paper, caption: str, heads, widths, rows: list[tuple[str, ...]]) -> None:
    if not rows:
        return
    page.line(paper)
    page.subtitle(paper, caption).paragraph_format.keep_with_next = True
    tables.grid(paper, heads, widths, rows)
