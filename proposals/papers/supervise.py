"""督办通知书: one letter to one unit with its late cases in a table, and many of them as one .zip."""

import zipfile
from tempfile import SpooledTemporaryFile

from django.db.models import Prefetch
from django.utils import timezone

from documents.names import clean_name
from documents.papers import grid, page
from documents.papers import letter as layout
from documents.papers.templates import marks
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
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
    return made(NOTICE, values(notice))


def values(notice: UrgeNotice) -> Values:
    cases, names = list(notice.urges.all()), [name for name, _width in COLUMNS]
    return {
        "文号": notice.number, "收件单位": notice.unit.name, "件数": str(len(cases)), "要求": notice.text or USUAL,
        "办结期限": words.day(notice.required_on), "落款": sender_of(notice),
        "日期": layout.dated(timezone.localdate(notice.issued_at)),
        "提案表": [dict(zip(names, row(urge), strict=True)) for urge in cases],
    }  # fmt: skip


def _write(values: Values) -> bytes:
    paper = layout.new_letter(values["落款"], values["文号"])
    page.title(paper, TITLE)
    layout.addressee(paper, values["收件单位"])
    layout.paragraph(
        paper,
        f"你单位承办的 {values['件数']} 件政协提案未按期办理（名单附后）。根据{words.REGULATION}和提案办理工作要求，现予督办。",
    )
    layout.paragraphs(paper, values["要求"])
    layout.paragraph(
        paper,
        f"以上提案请于{values['办结期限']}前办结，并在智慧政协平台登记；确有困难的，请在此之前书面说明原因和打算。",
    )
    layout.paragraph(paper, "特此通知。")
    layout.signature(paper, values["落款"], values["日期"])
    layout.enclosure(paper, "未按期办理的提案")
    grid.table(paper, COLUMNS, marks.cells(values["提案表"], [name for name, _width in COLUMNS]))
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


NOTICE = Kind("supervision_notice", TITLE, (
    Field("文号", "发文字号", "西政协提督〔2026〕3号", required=True),
    Field("收件单位", "承办单位", "县教育局", required=True),
    Field("件数", "未按期办理的件数", "2"),
    Field("要求", "督办要求，可有多段", USUAL, required=True),
    Field("办结期限", "要求办结的日期", "2026年8月15日", required=True),
    Field("落款", "督办机关", words.SENDER, required=True),
    Field("日期", "发出的日期", "2026年8月1日", required=True),
    Rows("提案表", "未按期办理的提案", "提案", (
        Field("案号", "提案的案号", "第001号"), Field("案由", "提案的题目", "关于校车安全的提案"),
        Field("逾期事项", "签收、联系或答复等", "答复"), Field("期限", "应当完成的日期", "2026-07-23"),
        Field("逾期", "逾期天数", "9 天"),
    ), (
        ("第001号", "关于加强校园周边交通管理的提案", "答复", "2026-07-23", "9 天"),
        ("第014号", "关于改善农村学校饮水条件的提案", "首次联系", "2026-06-30", "32 天"),
    ), required=True),
), _write, form="letter")  # fmt: skip
PAPERS = (NOTICE,)
