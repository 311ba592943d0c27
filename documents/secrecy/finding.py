"""Where marks of secrecy stand: in texts when asked, in files as they were read on coming in."""

from collections.abc import Iterable
from dataclasses import dataclass

from documents.models import Attachment, Scan

from . import marks, matching


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
    return matching.found(text, marks.current())


def found_in(texts: Iterable[tuple[str, str, str]], files: Iterable[Attachment]) -> Found:
    """`texts`: (place, text, anchor) of everything a person writes."""
    known = marks.current()
    signs = [Sign(place, words, anchor) for place, text, anchor in texts if (words := matching.found(text, known))]
    files = list(files)
    signs += [
        Sign(f"附件“{file.name}”", words, "id_attachments_files", f"附件第 {number} 个")
        for number, file in enumerate(files, start=1)
        if (words := [*file.marks, *matching.found(file.name.rpartition(".")[0], known)])
    ]
    unread = [(file.name, file.get_scan_display()) for file in files if file.scan in (Scan.PICTURE, Scan.FAILED)]
    return Found(signs, unread)
