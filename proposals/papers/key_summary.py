"""重点提案督办情况: the year's key proposals in one table, then what was done for each (.docx in official form)."""

from dataclasses import dataclass

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from deadlines.book import Book
from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import cells, each
from members.chinese_numbers import chinese_number
from members.periods import today
from proposals import key_lists
from proposals.key_lists import KeyLine
from proposals.models import Demand, Reply, Supervision

from .words import SENDER, day

COLUMNS = (
    ("案号", 13), ("案由", 37), ("领办领导", 20), ("督办领导", 20), ("承办单位", 22), ("督办次数", 11),
    ("要求落实/未落实", 13), ("办理结果", 9), ("评价", 11),
)  # fmt: skip
NAMES = ("案号", "案由", "领办领导", "督办领导", "承办单位", "督办次数", "要求", "办理结果", "评价")  # in a template
SIZE = 10.5


@dataclass(frozen=True)
class Case:
    """A key proposal with its valid records, their demands, and the last sent reply of each unit."""

    key: KeyLine
    records: list[Supervision]
    demands: list[Demand]
    replies: list[Reply]

    @property
    def checks(self) -> int:
        return sum(1 for record in self.records if not record.is_instruction)

    @property
    def instructions(self) -> int:
        return len(self.records) - self.checks

    @property
    def results(self) -> str:
        return "、".join(dict.fromkeys(reply.result_class for reply in self.replies if reply.result_class)) or "—"

    @property
    def ratings(self) -> str:
        said = (one.get_result_display() for reply in self.replies for one in reply.ratings.all() if one.deciding)
        return "、".join(dict.fromkeys(said)) or "—"


def read(user, year: int, book: Book) -> list[Case]:
    """What was decided in the year, as far as the user sees it, in the order of the case numbers."""
    lines = [one for one in key_lists.entries_of_year(user, year, book) if one.entry.is_decided]
    ids = [one.proposal.pk for one in lines]
    records = Supervision.objects.valid().filter(proposal__in=ids).select_related("leader").order_by("on", "pk")
    demands = Demand.objects.valid().filter(record__proposal__in=ids).select_related("assignment__unit", "record")
    replies = Reply.objects.filter(assignment__proposal__in=ids, sent_at__isnull=False)
    replies = replies.select_related("assignment__unit").prefetch_related("ratings").order_by("assignment", "round")
    latest = {reply.assignment_id: reply for reply in replies}.values()
    records, demands = list(records), list(demands.order_by("due_on", "pk"))
    return [
        Case(
            one, [r for r in records if r.proposal_id == one.proposal.pk],
            [d for d in demands if d.record.proposal_id == one.proposal.pk],
            [r for r in latest if r.assignment.proposal_id == one.proposal.pk],
        )
        for one in lines
    ]  # fmt: skip


def write(year: int, cases: list[Case]) -> bytes:
    return made(SUMMARY, {
        "标题": f"{year}年重点提案督办情况", "发文机关": SENDER, "概述": overview(year, cases), "日期": layout.dated(today()),
        "各件": [_case(n, case) for n, case in enumerate(cases, start=1)], "附表题目": f"{year}年重点提案督办情况一览表",
        "一览表": [dict(zip(NAMES, _cells(case), strict=True)) for case in cases],
    })  # fmt: skip


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    page.title(paper, values["标题"])
    page.subtitle(paper, values["发文机关"])
    page.line(paper)
    layout.paragraphs(paper, values["概述"])
    for row in each(values["各件"], lambda tag: page.line(paper, tag)):
        layout.heading(paper, row["小标题"])
        layout.paragraphs(paper, row["情况"])
    layout.enclosed_name(paper, values["附表题目"])
    layout.signature(paper, values["发文机关"], values["日期"])
    _table(paper, values)
    return page.content(paper)


def overview(year: int, cases: list[Case]) -> str:
    demands = [demand for case in cases for demand in case.demands]
    met = sum(1 for demand in demands if demand.answered_at)
    asked = (
        f"提出要求 {len(demands)} 项，承办单位已反馈 {met} 项，未反馈 {len(demands) - met} 项"
        if demands
        else "没有提出具体要求"
    )
    checks, instructions = sum(case.checks for case in cases), sum(case.instructions for case in cases)
    instructed = f"领导作出批示 {instructions} 次，" if instructions else ""
    replied = sum(1 for case in cases if case.replies)
    return (
        f"{year}年，经县政协主席会议研究，确定重点提案 {len(cases)} 件，由县级领导领办、县政协领导督办。"
        f"全年共督办 {checks} 次，{instructed}{asked}；已有 {replied} 件答复提案人。现将督办情况汇总如下。"
    )


def _case(n: int, case: Case) -> dict[str, str]:
    entry, proposal = case.key.entry, case.key.proposal
    told = [_who(case), *map(_record, case.records)]
    if case.demands:
        open_ones = [demand for demand in case.demands if not demand.answered_at]
        waiting = "；尚未反馈：" + "；".join(map(_asked, open_ones)) if open_ones else "，均已反馈"
        told.append(f"共提出要求 {len(case.demands)} 项{waiting}。")
    told.append(f"督办总结：{entry.summary}" if entry.summary else "督办总结：尚未填写。")
    return {"小标题": f"{chinese_number(n)}、{proposal}（第{proposal.short_number}号）", "情况": "\n".join(told)}


def _who(case: Case) -> str:
    entry = case.key.entry
    parts = [
        f"提案者：{case.key.line.who}", f"领办领导：{entry.leader_name or '尚未明确'}", f"督办领导：{entry.supervisor_name or '尚未明确'}",
        f"督办专委会：{entry.committee}" if entry.committee else "", f"承办单位：{case.key.line.units or '尚未交办'}",
        f"目前情况：{proposal_state(case)}",
    ]  # fmt: skip
    carried = "（往年未办结，续列）" if entry.carried_over else ""
    return "；".join(filter(None, parts)) + f"{carried}。"


def proposal_state(case: Case) -> str:
    return case.key.proposal.get_state_display()


def _record(record: Supervision) -> str:
    """A 批示 is named, its words are not printed: the paper goes to more people than may read them."""
    who = f"，{record.leader_name}参加" if record.leader_id else ""
    if record.is_instruction:
        return f"{day(record.on)}，{record.leader_name}作出批示。"
    return f"{day(record.on)}，{record.get_form_display()}{who}：{record.findings}"


def _asked(demand: Demand) -> str:
    until = f"，应于{day(demand.due_on)}前反馈" if demand.due_on else ""
    return f"{demand.text.rstrip('。')}（{demand.assignment.unit}{until}）"


def _table(paper: Paper, values: Values) -> None:
    layout.enclosure(paper, values["附表题目"])
    table = paper.add_table(rows=0, cols=len(COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    page.without_padding(table)
    for column, (_name, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Mm(width)
    _row(table, [name for name, _width in COLUMNS], page.HEADING)
    _mark(table.rows[0], "w:tblHeader")
    for row in cells(values["一览表"], NAMES):
        _row(table, row, page.TEXT)


def _cells(case: Case) -> list[str]:
    entry, line = case.key.entry, case.key.line
    met = sum(1 for demand in case.demands if demand.answered_at)
    return [
        case.key.proposal.short_number, str(case.key.proposal), entry.leader_name or "—", entry.supervisor_name or "—",
        line.units or "—", str(case.checks), f"{met}/{len(case.demands) - met}", case.results, case.ratings,
    ]  # fmt: skip


def _row(table, words: list[str], font: str) -> None:
    row = table.add_row()
    for cell, (name, width), text in zip(row.cells, COLUMNS, words, strict=True):
        cell.width = Mm(width)
        line = page.write(cell.paragraphs[0], text, font, SIZE)
        line.paragraph_format.line_spacing = Pt(SIZE + 5)
        if name != "案由":
            page.centred(line)
    _mark(row, "w:cantSplit")


def _mark(row, name: str) -> None:
    """The heads stand on every page of a long table, and no row is torn by the end of one."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


SUMMARY = Kind("key_summary", "重点提案督办情况", (
    Field("标题", "材料的标题", "2026年重点提案督办情况", required=True),
    Field("发文机关", "出具的机关，也是落款", SENDER, required=True),
    Field("概述", "件数、督办次数、要求和落实的总数",
          "2026年，经县政协主席会议研究，确定重点提案 1 件，由县级领导领办、县政协领导督办。全年共督办 2 次，提出要求 3 项，"
          "承办单位已反馈 2 项，未反馈 1 项；已有 1 件答复提案人。现将督办情况汇总如下。", required=True),
    Rows("各件", "每件重点提案的督办情况", "件", (
        Field("小标题", "序号、题目和案号", "一、关于校车安全的提案（第001号）"), Field("情况", "各段文字", "督办总结：已基本落实。"),
    ), (
        ("一、关于加强校园周边交通管理的提案（第001号）",
         "提案者：周明远；领办领导：王建国；督办领导：沈国华；承办单位：县教育局；目前情况：办理中。\n"
         "2026年5月20日，现场督办，沈国华参加：六所学校已划定限时停车位。\n共提出要求 3 项，均已反馈。\n督办总结：已基本落实。"),
    ), required=True),
    Field("附表题目", "一览表的题目", "2026年重点提案督办情况一览表"),
    Rows("一览表", "全部重点提案，按案号", "提案", (
        Field("案号", "提案的案号", "001"), Field("案由", "提案的题目", "关于校车安全的提案"), Field("领办领导", "领办的县级领导", "王建国"),
        Field("督办领导", "督办的政协领导", "沈国华"), Field("承办单位", "承办单位", "县教育局"), Field("督办次数", "督办的次数", "2"),
        Field("要求", "已反馈和未反馈的要求项数", "2/1"), Field("办理结果", "答复的办理结果", "A"), Field("评价", "对办理结果的评价", "满意"),
    ), (
        ("001", "关于加强校园周边交通管理的提案", "王建国", "沈国华", "县教育局", "2", "2/1", "A", "满意"),
    ), required=True),
    Field("日期", "出具的日期", "2026年12月15日", required=True),
), _write)  # fmt: skip
PAPERS = (SUMMARY,)
