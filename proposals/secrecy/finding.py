"""Where in a proposal marks of secrecy stand: its text when asked, its files as they were read on coming in."""

from collections.abc import Iterable
from dataclasses import dataclass

from documents.models import Attachment, Scan
from proposals.models import Proposal, SecrecyMark

from . import matching


@dataclass(frozen=True)
class Sign:
    """A place (情况分析, 具体建议第 2 条, a file's name) and the marks as they are written there.

    `anchor` is the field on the writing page; `neutral` names the place without the file's own name.
    """

    place: str
    words: list[str]
    anchor: str
    neutral: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{'、'.join(self.words)}"


@dataclass(frozen=True)
class Found:
    """The signs, and the files whose words could not be read, each with why."""

    signs: list[Sign]
    unread: list[tuple[str, str]]

    def __bool__(self) -> bool:
        return bool(self.signs)

    def for_record(self) -> list[str]:
        """What goes into the event and the case: places and marks, no file names (they may tell too much)."""
        return [f"{sign.neutral or sign.place}：{'、'.join(sign.words)}" for sign in self.signs]


def marks_in(text: str) -> list[str]:
    """The marks in a text, by the list as it is now."""
    return matching.found(text, _marks())


def found_in(proposal: Proposal, files: Iterable[Attachment]) -> Found:
    marks = _marks()
    signs = [
        Sign(place, words, anchor) for place, text, anchor in _texts(proposal) if (words := matching.found(text, marks))
    ]
    files = list(files)
    signs += [
        Sign(f"附件“{file.name}”", words, "id_attachments_files", f"附件第 {number} 个")
        for number, file in enumerate(files, start=1)
        if (words := [*file.marks, *matching.found(file.name.rpartition(".")[0], marks)])
    ]
    unread = [(file.name, file.get_scan_display()) for file in files if file.scan in (Scan.PICTURE, Scan.FAILED)]
    return Found(signs, unread)


def _marks() -> list[tuple[str, str]]:
    return list(SecrecyMark.objects.filter(active=True).values_list("word", "kind"))


def _texts(proposal: Proposal):
    """(place, text, anchor) of everything a person writes."""
    yield "案由", proposal.title, "id_title"
    yield "情况分析", proposal.situation, "id_situation"
    for number, suggestion in enumerate(proposal.suggestions.all(), start=1):
        yield f"具体建议第 {number} 条", suggestion.text, f"id_suggestions-{number - 1}-text"
    yield "不同意公开的理由", proposal.publish_refusal, "id_publish_refusal"
