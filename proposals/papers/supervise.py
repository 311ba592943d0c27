"""督办通知书: one letter to one unit with its late cases in a table, and many of them as one .zip."""

import zipfile
from tempfile import SpooledTemporaryFile

from django.db.models import Prefetch
from django.utils import timezone

from documents.names import clean_name
from documents.papers import grid, page
from documents.papers import letter as layout
from proposals.kinds import LateStep
from proposals.models import Urge, UrgeNotice

from . import words
from .bundle import IN_MEMORY

COLUMNS = (("案号", 22), ("案由", 66), ("逾期事项", 24), ("期限", 26), ("逾期", 18))  # mm, 156 in all
USUAL = "请高度重视，明确专人，抓紧与提案人联系，按程序办理、答复。"
TITLE = "提案督办通知书"


def read(rows) -> list[UrgeNotice]:
    """The letters of a queryset with the cases they name. Two queries, however many."""
    cases = Urge.objects.select_related("assignment__proposal__session__term").order_by("due_on", "pk")
    return list(rows.select_related("issuer", "unit").prefetch_related(Prefetch("urges", cases)))


def content(notice: UrgeNotice) -> bytes:
    """The .docx of one letter, read by `read`."""
    sender, cases = sender_of(notice), list(notice.urges.all())
    paper = layout.new_letter(sender, notice.number)
    page.title(paper, TITLE)
    layout.addressee(paper, notice.unit.name)
    layout.paragraph(
        paper,
        f"你单位承办的 {len(cases)} 件政协提案未按期办理（名单附后）。根据{words.REGULATION}和提案办理工作要求，现予督办。",
    )
    layout.paragraph(paper, notice.text or USUAL)
    layout.paragraph(
        paper,
        f"以上提案请于{words.day(notice.required_on)}前办结，并在智慧政协平台登记；确有困难的，请在此之前书面说明原因和打算。",
    )
    layout.paragraph(paper, "特此通知。")
    layout.signature(paper, sender, timezone.localdate(notice.issued_at))
    layout.enclosure(paper, "未按期办理的提案")
    grid.table(paper, COLUMNS, [row(urge) for urge in cases])
    return page.content(paper)


def sender_of(notice: UrgeNotice) -> str:
    return words.SENDER if notice.issuer.code == "proposals" else notice.issuer.name


def row(urge: Urge) -> tuple[str, ...]:
    proposal = urge.assignment.proposal
    late = LateStep(urge.step).label if urge.step else ""
    due = f"{urge.due_on:%Y-%m-%d}" if urge.due_on else ""
    days = f"{(urge.on - urge.due_on).days} 天" if urge.due_on else ""
    return f"第{proposal.short_number}号", str(proposal), late, due, days


def file_name(notice: UrgeNotice) -> str:
    """西政协提督〔2026〕3号_县教育局.docx"""
    return f"{clean_name(f'{notice.number}_{notice.unit.name}')}.docx"


def bundle(notices: list[UrgeNotice]):
    """All letters as one .zip; the caller closes the file."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (it is answered with)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for notice in notices:
            out.writestr(file_name(notice), content(notice))
    file.seek(0)
    return file
