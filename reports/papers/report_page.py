"""What every report of the committee begins with on paper, and how it ends: one layout for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.kinds import Values
from documents.papers.templates.marks import cells, each, given

from . import tables


def begun(values: Values) -> Paper:
    """Title, who reports, the parts with their headings, how the figures are counted."""
    paper = page.new_paper()
    page.title(paper, values["标题"])
    page.subtitle(paper, values["报告机关"])
    page.line(paper)
    for section in each(values["各部分"], lambda tag: page.line(paper, tag)):
        layout.heading(paper, section["小标题"])
        layout.paragraphs(paper, section["内容"])
    layout.paragraphs(paper, values["统计口径"])
    return paper


@dataclass(frozen=True)
class Enclosed:
    """A table behind the report: the field of its rows (its title is that and 题目), its heads, fields and widths."""

    field: str
    heads: tuple[str, ...]
    names: tuple[str, ...]
    widths: tuple[float, ...]
    size: float = 10.5

    @property
    def title(self) -> str:
        return f"{self.field}题目"


def ended(paper: Paper, values: Values, enclosures: Sequence[Enclosed]) -> bytes:
    """Signed below the text; the tables come after the date, each on a page of its own (GB/T 9704 §7.3.4, §7.3.7)."""
    there = [one for one in enclosures if values[one.field]]
    numbers = {one: str(place) if len(there) > 1 else "" for place, one in enumerate(there, start=1)}
    put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to both)
    for one, number in numbers.items():
        for title in given(values[one.title], put):
            layout.enclosed_name(paper, f"{number}．{title}" if number else title, is_first=number in ("", "1"))
    layout.signature(paper, values["报告机关"], values["日期"])
    for one, number in numbers.items():
        for title in given(values[one.title], put):
            layout.enclosure(paper, title, number)
            tables.grid(paper, one.heads, one.widths, cells(values[one.field], one.names), one.size)
    return page.content(paper)
