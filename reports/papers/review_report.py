"""提案审查情况报告 as a .docx."""

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm

from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import cells
from members.models import Session
from members.periods import today
from proposals.papers.words import SENDER

from . import report_page
from . import review_sentences as sentences

WIDTHS = (Mm(80), Mm(35), Mm(35))
HEADS = ("类别", "立案（件）", "占比")
NAMES = ("类别", "立案", "占比")


def write(session: Session, figures: dict, counting: str) -> bytes:
    return made(REPORT, values(session, figures, counting))


def values(session: Session, figures: dict, counting: str) -> Values:
    sections = sentences.sections(session, figures, counting)
    return {
        "标题": "\n".join(sentences.title_lines(session)), "报告机关": SENDER, "日期": layout.dated(today()),
        "各部分": [{"小标题": one.title, "内容": "\n".join(one.paragraphs)} for one in sections],
        "统计口径": sentences.note(counting), "附表题目": f"附表　{session}立案提案分类统计",
        "附表": [dict(zip(NAMES, row, strict=True)) for row in sentences.categories(figures)],
    }  # fmt: skip


def _write(values: Values) -> bytes:
    paper = report_page.begun(values)
    if values["附表"]:
        _table(paper, values)
    return report_page.signed(paper, values)


def _table(paper: Paper, values: Values) -> None:
    page.line(paper)
    caption = page.subtitle(paper, values["附表题目"])
    caption.paragraph_format.keep_with_next = True
    table = paper.add_table(rows=0, cols=len(HEADS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for row in (HEADS, *cells(values["附表"], NAMES)):
        _row(table, row, page.HEADING if row is HEADS else page.TEXT)
    page.line(paper)


def _row(table, words, font: str) -> None:
    for cell, width, text in zip(table.add_row().cells, WIDTHS, words, strict=True):
        cell.width = width
        line = page.centred(page.write(cell.paragraphs[0], text, font, page.SMALL_SIZE))
        line.paragraph_format.keep_with_next = True


REPORT = Kind("review_report", "提案审查情况报告", (
    Field("标题", "报告的标题，分两行", "政协西平县第十一届委员会第四次会议\n提案审查情况的报告", required=True),
    Field("报告机关", "提出报告的机关", SENDER, required=True),
    Rows("各部分", "报告的各部分，数字已经填好", "部分", (
        Field("小标题", "部分的标题", "一、提案提交和审查情况"), Field("内容", "各段文字", "本次会议共收到提案201件。"),
    ), (
        ("一、提案提交和审查情况", "本次会议共收到提案201件。\n经审查，立案171件，立案率85.1%；并案11件；不予立案19件。"),
        ("二、立案提案的分类情况", "立案的171件提案，按类别统计见附表。"),
    ), required=True),
    Field("统计口径", "并案怎样计数、立案率怎样计算", "统计口径：并案单列。立案率＝立案件数÷收到件数。", required=True),
    Field("附表题目", "附表的题目", "附表　十一届四次会议立案提案分类统计"),
    Rows("附表", "各类别的件数，最后一行是合计", "类", (
        Field("类别", "提案的类别", "社会建设"), Field("立案", "立案件数", "171"), Field("占比", "占立案件数的百分比", "100.0%"),
    ), (("经济建设", "60", "35.1%"), ("社会建设", "111", "64.9%"), ("合计", "171", "100.0%"))),
    Field("日期", "报告的日期", "2026年2月27日"),
), _write)  # fmt: skip
PAPERS = (REPORT,)
