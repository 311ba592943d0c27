"""Where in a proposal marks of secrecy stand, and the committee's list of marks."""

from collections.abc import Iterable

from documents.models import Attachment
from documents.secrecy import finding
from documents.secrecy.finding import Found
from proposals.models import Proposal, SecrecyMark


def found_in(proposal: Proposal, files: Iterable[Attachment]) -> Found:
    return finding.found_in(_texts(proposal), files)


def active_marks() -> list[tuple[str, str]]:
    """The committee's list as it is now."""
    return list(SecrecyMark.objects.filter(active=True).values_list("word", "kind"))


def _texts(proposal: Proposal):
    """(place, text, anchor) of everything a person writes."""
    yield "案由", proposal.title, "id_title"
    yield "情况分析", proposal.situation, "id_situation"
    for number, suggestion in enumerate(proposal.suggestions.all(), start=1):
        yield f"具体建议第 {number} 条", suggestion.text, f"id_suggestions-{number - 1}-text"
    yield "不同意公开的理由", proposal.publish_refusal, "id_publish_refusal"
