"""Names of the files, and many letters as one .zip."""

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile

from django.utils import timezone

from deadlines.book import Book
from documents.names import clean_name

from . import outcome, writing
from .material import Case
from .outcome import Letter

ENDING = ".docx"
NOTE = "说明.txt"
LONGEST_NAME = 40
# All in one request; a session has 200 to 300 proposals.
MOST = 1000
IN_MEMORY = 16 * 1024 * 1024


@dataclass
class Bundle:
    """The open .zip, the letters in it by file name, and the cases without one with the reason,
    and how many were asked for that are out of sight."""

    file: object
    written: list[tuple[str, Letter]] = field(default_factory=list)
    left_out: list[tuple[Case, str]] = field(default_factory=list)
    gone: int = 0


def file_name(letter: Letter) -> str:
    """001号_立案通知书_王某某.docx"""
    proposal = letter.case.proposal
    number = f"{proposal.short_number}号" if proposal.is_numbered else f"流水号{proposal.short_number}"
    to = proposal.disposition_unit.name if letter.kind == outcome.FORWARDED else proposal.proposer_name
    parts = (number, letter.name, to)
    stem = clean_name("_".join(part.replace("/", "／").replace("\\", "＼")[:LONGEST_NAME] for part in parts))
    return f"{stem}{ENDING}"


def write(cases: Iterable[Case], book: Book, gone: int = 0) -> Bundle:
    """The caller closes the file."""
    bundle = Bundle(SpooledTemporaryFile(max_size=IN_MEMORY), gone=gone)  # noqa: SIM115 (it is answered with)
    taken: set[str] = set()
    with zipfile.ZipFile(bundle.file, "w", zipfile.ZIP_DEFLATED) as out:
        for case in cases:
            letters = outcome.letters(case, book)
            if not letters:
                bundle.left_out.append((case, outcome.why_none(case.proposal)))
            for letter in letters:
                name = _unused(file_name(letter), taken)
                out.writestr(name, writing.content(letter))
                bundle.written.append((name, letter))
        out.writestr(NOTE, note(bundle))
    bundle.file.seek(0)
    return bundle


def _unused(name: str, taken: set[str]) -> str:
    """Two cases of one number (an old ledger) keep both letters."""
    stem, count, free = name.removesuffix(ENDING), 2, name
    while free in taken:
        free, count = f"{stem}（{count}）{ENDING}", count + 1
    taken.add(free)
    return free


def note(bundle: Bundle) -> bytes:
    """说明.txt: what is in it and what is not, with the mark by which Windows knows its letters."""
    now = timezone.localtime()
    lines = [
        f"提案通知书　{now.year}年{now.month}月{now.day}日 {now:%H:%M} 生成",
        f"共 {len(bundle.written)} 份；没有通知书的 {len(bundle.left_out)} 件。",
        "发文字号、联系人、联系电话留空，请填写后用印。",
        "",
        *(f"{name}　《{_one_line(letter.case)}》" for name, letter in bundle.written),
    ]
    if bundle.left_out:
        lines += ["", "没有通知书的提案："]
        lines += [f"{case.proposal.short_number}　《{_one_line(case)}》　{why}" for case, why in bundle.left_out]
    if bundle.gone:
        lines += ["", f"另有勾选的 {bundle.gone} 件已经找不到，可能已转给别人。"]
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")


def _one_line(case: Case) -> str:
    return " ".join(str(case.proposal).split())
