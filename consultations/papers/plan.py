"""年度协商计划 as it is issued: the text, then the topics in one table grouped by kind (domain §9: 议题/协商时间/承办单位/参加人员)."""

from collections.abc import Iterable

from docx.document import Document as Paper

from consultations.kinds import Form
from consultations.models import Plan, Topic
from consultations.states import PlanState, TopicState
from documents.papers import letter as layout
from documents.papers import page, tables
from members.chinese_numbers import chinese_number

COLUMNS = ("序号", "议　题", "协商形式", "协商时间", "承办单位", "参加人员")
WIDTHS = (12, 50, 24, 16, 28, 26)


def write(plan: Plan, topics: list[Topic]) -> bytes:
    """`topics` in the order of the table; those that were cancelled stay in it, marked."""
    paper = page.new_paper()
    if plan.state != PlanState.ISSUED:
        page.line(paper, "（讨论稿）", page.SUBTITLE)
    page.title(paper, "西平县政协", f"{plan.year}年度协商计划")
    page.line(paper)
    for heading, text in (("总体要求", plan.aim), ("协商议题", ""), ("组织实施", plan.duties)):
        _part(paper, heading, text, plan, topics)
    if plan.issued_on:
        layout.signature(paper, "政协西平县委员会办公室", plan.issued_on)
    _enclosure(paper, plan, topics)
    if plan.document_number:
        page.line(paper, f"（{plan.issuers}　{plan.document_number}）", page.TEXT, page.SMALL_SIZE)
    return page.content(paper)


def _part(paper: Paper, heading: str, text: str, plan: Plan, topics: list[Topic]) -> None:
    numbers = {"总体要求": "一", "协商议题": "二", "组织实施": "三"}
    layout.heading(paper, f"{numbers[heading]}、{heading}")
    lines = text.split("\n") if text else [overview(plan, topics)] if heading == "协商议题" else ["（待补充）"]
    for line in lines:
        if line.strip():
            layout.paragraph(paper, line.strip())


def overview(plan: Plan, topics: list[Topic]) -> str:
    kinds: dict[str, int] = {}
    for topic in topics:
        if topic.state != TopicState.CANCELLED:
            kinds[topic.kind.name] = kinds.get(topic.kind.name, 0) + 1
    parts = "、".join(f"{name} {count} 项" for name, count in kinds.items())
    return f"{plan.year}年安排协商议题 {sum(kinds.values())} 项，其中{parts}，详见附表。" if kinds else "议题待定。"


def _enclosure(paper: Paper, plan: Plan, topics: list[Topic]) -> None:
    layout.enclosure(paper, f"西平县政协{plan.year}年度协商议题安排表")
    table = tables.new(paper, WIDTHS)
    tables.head(table, COLUMNS, WIDTHS)
    for n, (kind, rows) in enumerate(grouped(topics), start=1):
        cells = tables.row(
            table, [f"{chinese_number(n)}、{kind}（{len(rows)}项）", *[""] * 5], WIDTHS, [page.HEADING] * 6
        )
        _one_cell(cells)
        for number, topic in enumerate(rows, start=1):
            tables.row(table, _cells(number, topic), WIDTHS)


def _one_cell(cells: list) -> None:
    """The row of a kind goes over the whole table; merging leaves an empty line of each cell behind."""
    for line in cells[0].merge(cells[-1]).paragraphs[1:]:
        line._p.getparent().remove(line._p)


def grouped(topics: Iterable[Topic]) -> list[tuple[str, list[Topic]]]:
    groups: dict[str, list[Topic]] = {}
    for topic in topics:
        groups.setdefault(topic.kind.name, []).append(topic)
    return list(groups.items())


def _cells(number: int, topic: Topic) -> list[str]:
    mark = "（已取消）" if topic.state == TopicState.CANCELLED else ""
    units = "、".join(str(unit) for unit in topic.units.all())
    who = topic.lead.name + (f"\n协办：{units}" if units else "")
    attending = topic.attending + (f"\n牵头：{topic.leader}" if topic.leader_id else "")
    return [str(number), topic.title + mark, Form(topic.form).label, topic.timing, who, attending.strip()]
