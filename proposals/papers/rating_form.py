"""《办理情况征询意见表》: goes with each reply, and comes back on paper from whoever does not use the portal (domain §5.1).

Its questions are those of the rating page (proposals/forms/rating.py), so that 代录 takes it over line by line.
"""

import math

from django.utils import timezone
from docx.document import Document as Paper
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from documents.papers import letter, page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Values
from proposals.kinds import Pertinence, Satisfaction
from proposals.letters import committee_of, formal, numbered
from proposals.models import Assignment, Reply

WIDTHS = (30, 54, 26, 46)
TALL, LEAST, USUAL = 34, 18, 11  # mm
LINE = 22
PADDING = 3.8  # mm of a cell beside its text
CONTACTS = ("已走访或当面沟通", "已电话或书面联系", "我提出不需要走访", "没有联系")
ASK = "请在收到答复之日起15个工作日内评价：可以登录智慧政协平台评价，也可以填好此表交提案委员会代录。评为“不满意”的，请写明理由。"


def content(share: Assignment, reply: Reply) -> bytes:
    """The .docx, with what is known of the case filled in."""
    case = share.proposal
    return made(FORM, {
        "届次": committee_of(case), "提案编号": numbered(case), "办理结果": f"{reply.result_class}类" if reply.result_class else "",
        "案由": str(case), "提案者称谓": case.proposer_title, "提案人": case.proposer_name, "承办单位": formal(share.unit),
        "答复文号": reply.letter_number,
        "答复日期": letter.dated(timezone.localdate(reply.sent_at)) if reply.sent_at else "", "填表说明": ASK,
    })  # fmt: skip


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    page.title(paper, "提案办理情况征询意见表")
    page.subtitle(paper, values["届次"])
    page.line(paper)
    _table(paper, values)
    note = page.line(paper, values["填表说明"], size=page.SMALL_SIZE)
    note.paragraph_format.first_line_indent, note.paragraph_format.line_spacing = Pt(2 * page.SMALL_SIZE), Pt(LINE)
    return page.content(paper)


def _table(paper: Paper, values: Values) -> None:
    table = paper.add_table(0, len(WIDTHS))
    table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Mm(width)
    _row(table, "提案编号", values["提案编号"], "办理结果", values["办理结果"])
    _row(table, "案　　由", values["案由"])
    _row(table, values["提案者称谓"], values["提案人"], "承办单位", values["承办单位"])
    _row(table, "答复文号", values["答复文号"], "答复日期", values["答复日期"])
    _row(table, "联系情况", boxes(CONTACTS))
    _row(table, "答复是否\n针对提案", boxes(Pertinence.labels))
    _row(table, "对办理工作\n（态度）", boxes(Satisfaction.labels))
    _row(table, "对办理结果", boxes(Satisfaction.labels))
    _row(table, "意见或理由", "", height=left_for_words(values))
    _row(table, "评价人签名", "", "日　　期", "　　年　月　日")


def left_for_words(values: Values) -> float:
    """mm for 意见或理由: what a long title and long names take, so that the form stays one page."""
    rows = (((values["案由"], sum(WIDTHS[1:])),), ((values["提案人"], WIDTHS[1]), (values["承办单位"], WIDTHS[3])),
            ((values["答复文号"], WIDTHS[1]), (values["答复日期"], WIDTHS[3])))  # fmt: skip
    grown = sum(max(0, max(_height(*cell) for cell in row) - USUAL) for row in rows)
    return max(LEAST, TALL - grown)


def _height(words: str, width: float) -> float:
    """mm of the words in a cell that wide; Latin letters and digits take half a character."""
    taken = sum(1 if ord(char) > 0xFF else 0.5 for char in words) * page.SMALL_SIZE
    return math.ceil(taken / ((width - PADDING) / 25.4 * 72)) * LINE / 72 * 25.4


def boxes(words) -> str:
    """□满意　□基本满意　□不满意"""
    return "　".join(f"□{word}" for word in words)


def _row(table: Table, *texts: str, height=USUAL) -> None:
    """Labels and values by turns; a single value takes the rest of the row."""
    row = table.add_row()
    row.height = Mm(height)
    cells = row.cells
    for cell, width in zip(cells, WIDTHS, strict=True):
        cell.width = Mm(width)
    if len(texts) == 2:
        cells[1].merge(cells[3])
    for place, text in enumerate(texts):
        _fill(row.cells[place], text, is_label=place % 2 == 0)
    _whole(row)


def _fill(cell: _Cell, text: str, is_label: bool) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    for place, words in enumerate(text.split("\n")):
        line = cell.paragraphs[0] if not place else cell.add_paragraph()
        page.write(line, words, page.HEADING if is_label else page.TEXT, page.SMALL_SIZE)
        line.paragraph_format.line_spacing = Pt(LINE)
        if is_label:
            page.centred(line)


def _whole(row) -> None:
    """A row is never cut by the end of a page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


FORM = Kind("rating_form", "提案办理情况征询意见表", (
    Field("届次", "会议全称", "政协西平县第十一届委员会第四次会议"),
    Field("提案编号", "案号", "第001号", required=True),
    Field("办理结果", "答复的办理结果", "A类"),
    Field("案由", "提案的题目", "关于加强校园周边交通管理的提案", required=True),
    Field("提案者称谓", "“提案人”或“提案单位”", "提案人"),
    Field("提案人", "第一提案人或集体名称", "周明远", required=True),
    Field("承办单位", "答复单位", "西平县教育局", required=True),
    Field("答复文号", "答复函的文号", "西教提〔2026〕12号"),
    Field("答复日期", "答复的日期", "2026年7月10日"),
    Field("填表说明", "评价的期限和办法", ASK),
), _write)  # fmt: skip
PAPERS = (FORM,)
