"""Which papers the archive of a case holds: name → function of the case. One line adds another.

A function gives the bytes of the one paper, several by name, or None where this case has no such paper.
"""

from collections.abc import Callable, Iterator

from . import bundle, case_text, outcome, reply_text, timeline, writing

Made = bytes | dict[str, bytes] | None
Maker = Callable[[object], Made]  # of archives.case_file.Filed


def _letters(filed) -> dict[str, bytes]:
    return {bundle.file_name(letter): writing.content(letter) for letter in outcome.letters(filed.case, filed.book)}


PAPERS: dict[str, Maker] = {
    "01_提案原文.docx": case_text.content,
    "01_历次文字.docx": case_text.earlier,
    "02_": _letters,
    "03_答复_": reply_text.contents,
    "04_办理记录.docx": timeline.as_paper,
    "04_办理记录.csv": timeline.as_table,
}


def papers_of(filed) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each, in the order of the registry."""
    for name, make in PAPERS.items():
        made = make(filed)
        if isinstance(made, dict):
            yield from ((f"{name}{part}", content) for part, content in made.items())
        elif made is not None:
            yield name, made
