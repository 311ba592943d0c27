"""承办单位考核情况: all units of a year or session as .docx (across A4) or .xlsx."""

from documents.papers import letter as layout
from documents.papers import page
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import cells
from documents.sheets.writing import listing
from members.periods import today
from proposals.papers.words import SENDER
from reports.assessment import table
from reports.assessment.measures import MEASURES
from reports.assessment.period import Period
from reports.assessment.scoring import Line, Weights

from . import tables

RATES = tuple(f"{head}率" for head, _keys in table.COLUMNS)
HEADS = ("名次", "承办单位", "承办（件）", *RATES, "得分")
NOBODY = "这段时间没有可以考核的单位。"
NAMES = ("名次", "承办单位", "承办", *RATES, "得分")
WIDTHS = (13, 41, 17, *(17 for _ in table.COLUMNS), 18)  # 225 mm of text on a page that lies across


def write(kind: str, period: Period, lines: list[Line], average: Line | None, weights: Weights) -> bytes:
    writer = _sheet if kind == "xlsx" else _paper
    return writer(period, lines, average, weights)


def title(period: Period) -> str:
    return f"政协西平县委员会{period.name}提案承办单位考核情况"


def _paper(period: Period, lines: list[Line], average: Line | None, weights: Weights) -> bytes:
    everybody = (*lines, *([average] if average else []))
    return made(LIST, {
        "标题": title(period), "发文机关": SENDER, "日期": layout.dated(today()),
        "考核表": [dict(zip(NAMES, _words(line), strict=True)) for line in everybody],
        "说明": "\n".join((*([] if lines else [NOBODY]), *table.notes(period, weights), *_unranked(lines))),
    })  # fmt: skip


def _write(values: Values) -> bytes:
    paper = page.turn(page.new_paper())
    page.title(paper, values["标题"])
    page.subtitle(paper, values["发文机关"])
    page.line(paper)
    tables.grid(paper, HEADS, WIDTHS, cells(values["考核表"], NAMES))
    page.line(paper)
    layout.paragraphs(paper, values["说明"])
    layout.signature(paper, values["发文机关"], values["日期"])
    return page.content(paper)


def _words(line: Line) -> list[str]:
    figures = [line.result.figures[keys[0]] for _head, keys in table.COLUMNS]
    score = "—" if line.score is None else str(line.score)
    return [table.place(line), line.unit.name, str(line.result.handled), *(figure.share for figure in figures), score]


def _unranked(lines: list[Line]) -> list[str]:
    """Why some have no rank, in one sentence each."""
    return [f"{line.unit}：{line.why_not}。" for line in lines if line.why_not]


def _sheet(period: Period, lines: list[Line], average: Line | None, weights: Weights) -> bytes:
    """The rates as on paper; below them every measure of every unit with its numbers."""
    columns = [("名次", 8), ("承办单位", 24), ("系统", 14), ("承办（件）", 10), ("会办（件）", 10), ("得分", 8)]
    columns += [(measure.name, 12) for measure in MEASURES]
    everybody = [*lines, *([average] if average else [])]
    rows = [
        [*_head(line), *(figure.number for figure in line.result.figures.values()), line.why_not] for line in everybody
    ]
    rows += [[], DETAILS, *(row for line in everybody for row in _details(line)), []]
    return listing(
        "考核情况", title(period), [*columns, ("说明", 40)], [*rows, *([note] for note in table.notes(period, weights))]
    )


DETAILS = ["", "承办单位", "指标", "达到", "计入", "比率", "未登记", "未到期"]


def _head(line: Line) -> list:
    result, score = line.result, "" if line.score is None else float(line.score)
    return [line.rank or "", line.unit.name, line.unit.get_system_display(), result.handled, result.assisted, score]


def _details(line: Line) -> list[list]:
    return [
        ["", line.unit.name, figure.measure.name, figure.met, figure.whole, figure.number, figure.unrecorded, figure.waiting]
        for figure in line.result.figures.values()
    ]  # fmt: skip


MEANINGS = (
    ("名次", "承办满 5 件的单位的名次，其余为“—”", "1"), ("承办单位", "单位名称；最后一行是全县平均", "县教育局"),
    ("承办", "独办、主办、分办的件数", "23"), *((name, "达到的件数除以计入的件数", "100.0%") for name in RATES),
    ("得分", "各指标按权重合计的分数", "95.6"),
)  # fmt: skip
LIST = Kind("unit_assessment", "承办单位考核情况", (
    Field("标题", "考核情况的标题", "政协西平县委员会2026年提案承办单位考核情况", required=True),
    Field("发文机关", "出具的机关，也是落款", SENDER, required=True),
    Rows("考核表", "各承办单位的指标和得分", "单位", tuple(Field(*one) for one in MEANINGS), (
        ("1", "县教育局", "23", "100.0%", "100.0%", "100.0%", "82.6%", "87.0%", "95.7%", "100.0%", "95.7%", "95.6"),
        ("2", "县水利局", "18", "94.4%", "100.0%", "94.4%", "77.8%", "77.8%", "88.9%", "94.4%", "88.9%", "89.7"),
    ), required=True),
    Field("说明", "统计口径、权重、没有名次的原因，每条一段", "得分＝各指标比率乘以权重之和，满分 100。\n承办不足 5 件的单位不参加排名，列在后面。",
          required=True),
    Field("日期", "出具的日期", "2026年12月15日", required=True),
), _write, form="across")  # fmt: skip
PAPERS = (LIST,)
