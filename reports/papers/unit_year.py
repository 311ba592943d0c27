"""一个单位一年的情况: the figures of one unit and every case with its dates, as .docx or .xlsx."""

from datetime import date

from documents.papers import letter as layout
from documents.papers import page
from documents.sheets.writing import listing
from members.periods import today
from proposals.papers.words import SENDER
from reports.assessment import table
from reports.assessment.figures import Figure
from reports.assessment.listing import Row
from reports.assessment.measures import MEASURES
from reports.assessment.period import Period
from reports.assessment.scoring import Line, Weights

from . import tables

CASES = ("案号", "案由", "方式", "交办", "签收", "首次面商", "办理期限", "答复", "结果", "评价")
CASE_WIDTHS = (18, 59, 14, 22, 22, 22, 22, 22, 14, 30)
MEASURE_HEADS = ("指标", "比率", "达到", "计入", "未登记", "未到期", "权重")
MEASURE_WIDTHS = (65, 30, 30, 30, 30, 30, 30)


def write(kind: str, period: Period, line: Line, cases: list[Row], weights: Weights) -> bytes:
    writer = _sheet if kind == "xlsx" else _paper
    return writer(period, line, cases, weights)


def title(period: Period, line: Line) -> str:
    return f"{line.unit.name}{period.name}政协提案办理情况"


def _paper(period: Period, line: Line, cases: list[Row], weights: Weights) -> bytes:
    paper = page.new_paper()
    tables.turn(paper)
    page.title(paper, title(period, line))
    page.subtitle(paper, SENDER)
    page.line(paper)
    layout.paragraph(paper, summary(period, line))
    layout.heading(paper, "一、考核指标")
    tables.grid(paper, MEASURE_HEADS, MEASURE_WIDTHS, [_measure(f, weights) for f in line.result.figures.values()])
    for words in table.notes(period, weights):
        layout.paragraph(paper, words)
    layout.heading(paper, f"二、办理的提案（{len(cases)}件）")
    tables.grid(paper, CASES, CASE_WIDTHS, [_case(row) for row in cases])
    layout.signature(paper, SENDER, today())
    return page.content(paper)


def summary(period: Period, line: Line) -> str:
    """县教育局2026年承办政协提案26件，会办4件。考核得分93.5分，列第2名。"""
    helped = f"，会办{line.result.assisted}件" if line.result.assisted else ""
    told = f"{line.unit.name}在{period.name}承办政协提案{line.result.handled}件{helped}。"
    score = "" if line.score is None else f"考核得分{line.score}分"
    if line.rank:
        return f"{told}{score}，列第{line.rank}名。"
    return told + (f"{score}；{line.why_not}。" if score else f"{line.why_not}。")


def _measure(figure: Figure, weights: Weights) -> list[str]:
    counts = (figure.met, figure.whole, figure.unrecorded, figure.waiting)
    weight = weights.by_key.get(figure.key)
    return [figure.measure.name, figure.share, *map(str, counts), str(weight) if weight else "—"]


def _numbers(figure: Figure, weights: Weights) -> list:
    counts = (figure.met, figure.whole, figure.unrecorded, figure.waiting)
    return [figure.measure.name, figure.number, *counts, weights.by_key.get(figure.key) or "—"]


def _case(row: Row) -> list[str]:
    days = (row.assigned_on, row.signed_on, row.contact_on, row.due_on, row.replied_on)
    return [row.number, row.title, row.kind, *(_day(day, row) for day in days), row.result or "—", row.rating or "—"]


def _day(day: date | None, row: Row) -> str:
    if day is None:
        return "未登记" if row.unrecorded else "—"
    return f"{day:%Y-%m-%d}"


def _sheet(period: Period, line: Line, cases: list[Row], weights: Weights) -> bytes:
    columns = list(zip(CASES, (10, 44, 8, 12, 12, 12, 12, 12, 8, 26), strict=True)) + [("状态", 12), ("答复文号", 24)]
    rows = [_values(row) for row in cases]
    rows += [[], list(MEASURE_HEADS)]
    rows += [_numbers(line.result.figures[m.key], weights) for m in MEASURES]
    rows += [[words] for words in (summary(period, line), *table.notes(period, weights))]
    return listing("办理情况", title(period, line), columns, rows)


def _values(row: Row) -> list:
    days = (row.assigned_on, row.signed_on, row.contact_on, row.due_on, row.replied_on)
    unknown = "未登记" if row.unrecorded else ""
    return [
        row.number, row.title, row.kind, *(day or unknown for day in days), row.result, row.rating, row.state, row.letter,
    ]  # fmt: skip
