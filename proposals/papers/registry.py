"""Which papers the archive of a case holds: name → function of the case. One line adds another.

A function gives the bytes of the one paper, several by name, or None where this case has no such paper.
"""

from collections.abc import Callable, Iterator

from proposals.sections.merged import with_texts

from . import bundle, case_text, outcome, reply, reply_text, slip, timeline, writing

Made = bytes | dict[str, bytes] | None
Maker = Callable[[object], Made]  # of archives.case_file.Filed


def _letters(filed) -> dict[str, bytes]:
    return {bundle.file_name(letter): writing.content(letter) for letter in outcome.letters(filed.case, filed.book)}


def _slip(filed) -> bytes | None:
    if not slip.has_slip(filed.proposal):
        return None
    return slip.content(slip.read(type(filed.proposal).objects.filter(pk=filed.proposal.pk))[0])


def _reply_letters(filed) -> dict[str, bytes]:
    """答复函, 补充答复函 and 会办意见 as they were sent."""
    found, merged, units = {}, with_texts(filed.proposal), reply_text.unit_names(filed)
    for share in filed.shares:
        unit = units[share.row.pk]
        if share.row.is_assist and share.row.opinion_at:
            found[f"{unit}_会办意见.docx"] = reply.opinion_letter(share.row)
        for shown in share.replies:
            if shown.is_draft:
                continue
            found[f"{unit}_第{shown.reply.round}轮.docx"] = reply.reply_letter(share.row, shown.reply, merged)
            for place, more in enumerate(shown.supplements, start=1):
                more.reply = shown.reply
                found[f"{unit}_第{shown.reply.round}轮_补充{place}.docx"] = reply.supplement_letter(
                    share.row, more, merged
                )
    return found


PAPERS: dict[str, Maker] = {
    "01_提案原文.docx": case_text.content,
    "01_历次文字.docx": case_text.earlier,
    "02_": _letters,
    "02_提案交办单.docx": _slip,
    "03_答复函_": _reply_letters,
    "03_答复和评价_": reply_text.contents,
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
