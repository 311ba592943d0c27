"""A letter as a .docx."""

from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page
from members.periods import today
from proposals.models import Proposal

from .outcome import Letter
from .words import SENDER, proposers


def content(letter: Letter) -> bytes:
    year = (letter.dated_on or today()).year
    paper = layout.new_letter(SENDER, f"提案委〔{year}〕　　号")
    page.title(paper, letter.title)
    layout.addressee(paper, letter.addressee)
    layout.paragraph(paper, letter.opening)
    for block in letter.blocks:
        _block(paper, block)
    for words in letter.closing:
        layout.paragraph(paper, words)
    layout.signature(paper, SENDER, letter.dated_on)
    if letter.enclosed is not None:
        enclose(paper, letter.enclosed, proposers(letter.case))
    return page.content(paper)


def _block(paper: Paper, block) -> None:
    if block.heading:
        layout.heading(paper, block.heading)
    for label, words in block.items:
        layout.item(paper, label, words)
    for words in block.paragraphs:
        layout.paragraph(paper, words)


def enclose(paper: Paper, proposal: Proposal, who: str) -> None:
    """The text as it was submitted: who, the situation, each suggestion."""
    layout.enclosure(paper, str(proposal))
    layout.item(paper, proposal.proposer_title, who)
    layout.heading(paper, "情况分析")
    for words in filter(None, map(str.strip, proposal.situation.splitlines())):
        layout.paragraph(paper, words)
    layout.heading(paper, "具体建议")
    for suggestion in proposal.suggestions.all():
        first, *rest = suggestion.text.splitlines() or [""]
        for words in (f"{suggestion.position}．{first}", *filter(None, map(str.strip, rest))):
            layout.paragraph(paper, words)
