"""What every report of the committee begins with on paper, and how it ends: one layout for all of them."""

from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.kinds import Values
from documents.papers.templates.marks import each


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


def signed(paper: Paper, values: Values) -> bytes:
    layout.signature(paper, values["报告机关"], values["日期"])
    return page.content(paper)
