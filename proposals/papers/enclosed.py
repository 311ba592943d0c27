"""The text of a proposal as an enclosure: who, the situation, each suggestion."""

from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers.templates import marks
from proposals.models import Proposal


def text_of(proposal: Proposal) -> tuple[str, str, str]:
    """What the proposer is called, the situation, and the suggestions with their numbers, a line a paragraph."""
    suggestions = [(one.position, one.text) for one in proposal.suggestions.all()]
    return proposal.proposer_title, _trimmed(proposal.situation), numbered(suggestions)


def numbered(suggestions) -> str:
    """1．…; what follows the first line of a suggestion stands below it."""
    return "\n".join(_trimmed(f"{position}．{text}") for position, text in suggestions)


def _trimmed(text: str) -> str:
    return "\n".join(filter(None, map(str.strip, text.splitlines())))


def enclose(paper: Paper, title: str, called: str, who: str, situation: str, suggestions: str) -> None:
    layout.enclosure(paper, title)
    layout.item(paper, called, who)
    write_text(paper, situation, suggestions)


def write_text(paper: Paper, situation: str, suggestions: str) -> None:
    for heading, text in (("情况分析", situation), ("具体建议", suggestions)):
        layout.heading(paper, heading)
        for words in marks.lines(text):
            layout.paragraph(paper, words)
