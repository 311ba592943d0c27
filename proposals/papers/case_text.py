"""提案原文: the text of a case as a .docx, and its earlier wordings."""

from collections.abc import Iterable

from django.utils import timezone
from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page

from .words import number, proposers


def content(filed) -> bytes:
    proposal = filed.proposal
    paper = page.new_paper()
    page.title(paper, str(proposal))
    page.line(paper)
    layout.item(paper, "案号", number(proposal))
    layout.item(paper, proposal.proposer_title, proposers(filed.case))
    layout.item(paper, "类别", str(proposal.business_category or "未登记"))
    _text(paper, proposal.situation, [item.text for item in proposal.suggestions.all()])
    return page.content(paper)


def earlier(filed) -> bytes | None:
    """Every wording on file: as submitted, before polishing, before an amendment."""
    snapshots = list(filed.proposal.snapshots.order_by("at", "pk"))
    if not snapshots:
        return None
    paper = page.new_paper()
    page.title(paper, "历次文字")
    for one in snapshots:
        layout.heading(paper, f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}")
        layout.item(paper, "案由", one.title)
        _text(paper, one.situation, one.suggestions)
    return page.content(paper)


def _text(paper: Paper, situation: str, suggestions: Iterable[str]) -> None:
    layout.heading(paper, "情况分析")
    for words in filter(None, map(str.strip, situation.splitlines())):
        layout.paragraph(paper, words)
    layout.heading(paper, "具体建议")
    for position, text in enumerate(suggestions, start=1):
        first, *rest = text.splitlines() or [""]
        for words in (f"{position}．{first}", *filter(None, map(str.strip, rest))):
            layout.paragraph(paper, words)
