"""年度协商计划 as it is issued: the text, then the topics in one table grouped by kind (domain §9: 议题/协商时间/承办单位/参加人员)."""

from collections.abc import Iterable

from docx.document import Document as Paper

from consultations.kinds import Form
from consultations.models import Plan, Topic
from consultations.states import PlanState, TopicState
from documents.papers import letter as layout
from documents.papers import page, tables
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import ROW, each, given
from members.chinese_numbers import chinese_number

COLUMNS = ("序号", "议　题", "协商形式", "协商时间", "承办单位", "参加人员")
NAMES = ("序号", "议题", "协商形式", "协商时间", "承办单位", "参加人员")
WIDTHS = (14, 42, 24, 21, 28, 27)
SENDER = "政协西平县委员会办公室"


def write(plan: Plan, topics: list[Topic]) -> bytes:
    """`topics` in the order of the table; those that were cancelled stay in it, marked."""
    number = f"（{plan.issuers}　{plan.document_number}）" if plan.document_number else ""
    return made(PLAN, {
        "稿次": "" if plan.state == PlanState.ISSUED else "（讨论稿）", "年度": str(plan.year),
        "总体要求": plan.aim.strip() or "（待补充）", "协商议题": overview(plan, topics),
        "组织实施": plan.duties.strip() or "（待补充）", "落款": SENDER if plan.issued_on else "",
        "日期": layout.dated(plan.issued_on) if plan.issued_on else "", "议题表": _rows(topics), "印发文号": number,
    })  # fmt: skip


def _rows(topics: list[Topic]) -> list[dict[str, str]]:
    """A row for each kind, with nothing but its name, and the topics of the kind below it."""
    found = []
    for n, (kind, rows) in enumerate(grouped(topics), start=1):
        found.append(dict.fromkeys(NAMES, "") | {"类别": f"{chinese_number(n)}、{kind}（{len(rows)}项）"})
        found += [{"类别": "", **_cells(number, topic)} for number, topic in enumerate(rows, start=1)]
    return found


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to all)
    for words in given(values["稿次"], put):
        page.line(paper, words, page.SUBTITLE)
    page.title(paper, "西平县政协", f"{values['年度']}年度协商计划")
    page.line(paper)
    for numeral, name in zip("一二三", ("总体要求", "协商议题", "组织实施"), strict=True):
        layout.heading(paper, f"{numeral}、{name}")
        layout.paragraphs(paper, values[name])
    for sender in given(values["落款"], put):
        layout.signature(paper, sender, values["日期"])
    layout.enclosure(paper, f"西平县政协{values['年度']}年度协商议题安排表")
    _table(paper, values["议题表"])
    for words in given(values["印发文号"], put):
        page.line(paper, words, page.TEXT, page.SMALL_SIZE)
    return page.content(paper)


def _table(paper: Paper, rows: list[dict[str, str]]) -> None:
    table = tables.new(paper, WIDTHS)
    tables.head(table, COLUMNS, WIDTHS)
    put = lambda tag: tables.row(table, [tag, *[""] * 5], WIDTHS)  # noqa: E731
    for row in each(rows, put, ROW):
        for kind in given(row["类别"], put, ROW):
            _one_cell(tables.row(table, [kind, *[""] * 5], WIDTHS, [page.HEADING] * 6))
        for _title in given(row["议题"], put, ROW):
            tables.row(table, [row[name] for name in NAMES], WIDTHS)


def overview(plan: Plan, topics: list[Topic]) -> str:
    kinds: dict[str, int] = {}
    for topic in topics:
        if topic.state != TopicState.CANCELLED:
            kinds[topic.kind.name] = kinds.get(topic.kind.name, 0) + 1
    parts = "、".join(f"{name} {count} 项" for name, count in kinds.items())
    return f"{plan.year}年安排协商议题 {sum(kinds.values())} 项，其中{parts}，详见附表。" if kinds else "议题待定。"


def _one_cell(cells: list) -> None:
    """The row of a kind goes over the whole table, on the page of its first topic; merging leaves an empty line of each
    cell behind."""
    named, *empty = cells[0].merge(cells[-1]).paragraphs
    named.paragraph_format.keep_with_next = True
    for line in empty:
        line._p.getparent().remove(line._p)


def grouped(topics: Iterable[Topic]) -> list[tuple[str, list[Topic]]]:
    groups: dict[str, list[Topic]] = {}
    for topic in topics:
        groups.setdefault(topic.kind.name, []).append(topic)
    return list(groups.items())


def _cells(number: int, topic: Topic) -> dict[str, str]:
    mark = "（已取消）" if topic.state == TopicState.CANCELLED else ""
    units = "、".join(str(unit) for unit in topic.units.all())
    who = topic.lead.name + (f"\n协办：{units}" if units else "")
    attending = topic.attending + (f"\n牵头：{topic.leader}" if topic.leader_id else "")
    cells = (str(number), topic.title + mark, Form(topic.form).label, topic.timing, who, attending.strip())
    return dict(zip(NAMES, cells, strict=True))


PLAN = Kind("consultation_plan", "年度协商计划", (
    Field("稿次", "印发前为“（讨论稿）”，印发后为空", "（讨论稿）"),
    Field("年度", "年份", "2026", required=True),
    Field("总体要求", "计划的总体要求，可有多段", "围绕县委、县政府中心工作开展协商议政。", required=True),
    Field("协商议题", "各类议题的件数", "2026年安排协商议题 2 项，其中专题协商 1 项、界别视察 1 项，详见附表。"),
    Field("组织实施", "组织实施的要求，可有多段", "承办专委会制定方案，按期组织。\n协商成果及时报送。", required=True),
    Field("落款", "印发机关；印发前为空", SENDER),
    Field("日期", "印发日期；印发前为空", "2026年1月20日"),
    Rows("议题表", "各类议题；每一类先有一行只写“类别”", "行", (
        Field("类别", "类别和件数；议题的行为空", "一、专题协商（1项）"), Field("序号", "从 1 起", "1"),
        Field("议题", "议题名称；类别的行为空", "加强农村道路养护"), Field("协商形式", "协商的形式", "专题协商会"),
        Field("协商时间", "安排的时间", "5月"), Field("承办单位", "承办和协办单位", "提案委员会"),
        Field("参加人员", "参加人员和牵头领导", "政协常委"),
    ), (
        ("一、专题协商（1项）", "", "", "", "", "", ""),
        ("", "1", "加强农村道路养护", "专题协商会", "5月", "提案委员会\n协办：县财政局", "政协常委、有关部门负责人\n牵头：沈国华"),
        ("二、界别视察（1项）", "", "", "", "", "", ""),
        ("", "1", "乡镇卫生院建设", "视察", "9月", "教科卫体委员会", "医药卫生界委员"),
    ), required=True),
    Field("印发文号", "印发机关和文号；没有时为空", "（县委办公室、县政协办公室　西办〔2026〕3号）"),
), _write)  # fmt: skip
PAPERS = (PLAN,)
