"""提案汇编 of a session: one .docx or .pdf with contents by category, or a .zip with a paper for each proposal.

`write` is long work (exports.jobs): its parameters are those of `reports.forms.CompilationForm.parameters`.
内部 has names and the texts as they are; 公开 only what is published, as it was published. Cases that went offline and
withdrawn ones are in neither.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx.document import Document as Paper

from documents import pdf
from documents.names import clean_name
from documents.papers import page
from exports import files
from exports.jobs import Made, Report
from members.models import Session
from members.periods import today
from members.posts import posts_of
from workflow.errors import NotAllowed, Refused

from . import compilation_cases as cases
from . import contents
from .compilation_cases import Entry
from .compilation_page import write_entry

KIND = "compilation"
INTERNAL, PUBLIC = "internal", "public"
AUDIENCES = [(INTERNAL, "内部（原文，有姓名）"), (PUBLIC, "公开（只有已公开的提案和遮去后的文字）")]
DOCX, PDF, ZIP = "docx", "pdf", "zip"
FORMS = [(DOCX, "一个 Word 文件，带目录"), (PDF, "一个 PDF 文件，带目录"), (ZIP, "压缩包，每件提案一个 Word 文件")]
ANOTHER = "请在“形式”里改选 Word 文件，下载后可以在 WPS 或 Word 里另存为 PDF。"
LONGEST_NAME = 40


def write(parameters: dict, person, report: Report) -> Made:
    """Raises NotAllowed, and Refused where there is nothing to put in."""
    session = Session.objects.select_related("term").get(pk=parameters["session"])
    internal = parameters["audience"] == INTERNAL
    if internal and not may_have_internal(person):
        raise NotAllowed("内部汇编由提案委工作人员导出。", "请选择“公开”，或联系提案委。")
    if parameters["form"] == PDF and not pdf.program():
        raise Refused("服务器上没有安装 LibreOffice，暂时不能生成 PDF。", ANOTHER)
    read = cases.internal if internal else cases.published
    ids = cases.ids(session, person, internal)
    if not ids:
        raise Refused("这次会议还没有可以汇编的提案。", "请换一个届次，或选择另一种范围。")
    entries = _counted(read(ids, parameters["replies"]), len(ids), report)
    name = f"{title(session)}（{'内部' if internal else '公开'}）"
    writer = {DOCX: _one_paper, PDF: _as_pdf, ZIP: _many}[parameters["form"]]
    path = files.new_path(f".{parameters['form']}")
    try:
        writer(session, internal, len(ids), entries, path)
    except BaseException:  # stopped by the person, too: nothing is left lying about
        path.unlink(missing_ok=True)
        raise
    return Made(f"{name}.{parameters['form']}", path)


def may_have_internal(person) -> bool:
    return posts_of(person).in_proposal_committee("head", "staff")


def title(session: Session) -> str:
    return f"政协西平县{session.formal_name}提案汇编"


def _counted(entries: Iterator[Entry], total: int, report: Report) -> Iterator[Entry]:
    report(0, total)
    for done, entry in enumerate(entries, start=1):
        yield entry
        report(done, total)


def _one_paper(session: Session, internal: bool, total: int, entries: Iterator[Entry], path: Path) -> None:
    path.write_bytes(_paper(session, internal, total, entries))


def _as_pdf(session: Session, internal: bool, total: int, entries: Iterator[Entry], path: Path) -> None:
    try:
        path.write_bytes(pdf.converted(_paper(session, internal, total, entries, for_good=True)))
    except pdf.NoPdf as error:
        raise Refused(error.sentence, ANOTHER) from error


def _paper(session: Session, internal: bool, total: int, entries: Iterator[Entry], for_good: bool = False) -> bytes:
    paper = page.new_paper()
    contents.prepare(paper)
    page.title(paper, f"政协西平县{session.formal_name}", "提案汇编")
    day = today()
    page.subtitle(
        paper, f"（{'内部资料' if internal else '公开'}，共 {total} 件，{day.year}年{day.month}月{day.day}日）"
    )
    place = contents.begin(paper)
    category, listed = None, []
    for number, entry in enumerate(entries):
        if entry.category != category:
            category = entry.category
            listed.append(contents.heading(paper, category, 1, f"c{number}", new_page=True))
        listed.append(contents.heading(paper, entry.heading, 2, f"p{number}"))
        write_entry(paper, entry)
    contents.number(paper, contents.fill(paper, place, listed), for_good)
    return page.content(paper)


def _many(session: Session, internal: bool, total: int, entries: Iterator[Entry], path: Path) -> None:
    """One paper is written over and over: three hundred would stay in memory, each with its parts, for a long time."""
    taken: set[str] = set()
    paper = page.new_paper()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in entries:
            out.writestr(_unused(entry, taken), _single(paper, entry))


def _single(paper: Paper, entry: Entry) -> bytes:
    paper._body.clear_content()
    page.title(paper, entry.title)
    page.line(paper)
    write_entry(paper, entry)
    return page.content(paper)


def _unused(entry: Entry, taken: set[str]) -> str:
    folder, stem = (_plain(words) for words in (entry.category, f"{entry.number}_{entry.title}"))
    name, count = f"{folder}/{stem}.docx", 2
    while name in taken:
        name, count = f"{folder}/{stem}（{count}）.docx", count + 1
    taken.add(name)
    return name


def _plain(words: str) -> str:
    return clean_name(words.replace("/", "／").replace("\\", "＼")[:LONGEST_NAME])
