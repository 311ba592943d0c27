"""How a proposal stands in the 提案汇编, below its heading."""

from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page

from .compilation_cases import Entry


def write_entry(paper: Paper, entry: Entry) -> None:
    for label, words in entry.facts:
        layout.item(paper, label, words)
    layout.heading(paper, "情况分析")
    layout.paragraphs(paper, entry.situation)
    layout.heading(paper, "具体建议")
    layout.paragraphs(paper, entry.suggestions)
    for heading, text in entry.replies:
        layout.heading(paper, heading)
        layout.paragraphs(paper, text)
    page.line(paper)
