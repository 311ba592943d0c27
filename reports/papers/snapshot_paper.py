"""年度统计定稿 as .docx (across A4) or .xlsx: the figures with what each means, who signed when, and the check value."""

from django.utils import timezone

from documents.papers import letter as layout
from documents.papers import page
from documents.sheets.writing import listing
from proposals.papers.words import SENDER
from reports.figures.snapshots import Frozen, grouped
from reports.models import FigureSnapshot

from . import tables

HEADS = ("指标", "数值", "分子 ÷ 分母", "统计范围", "算法")
YEARS = "提案按提交日期归入年度；承办单位考核按交办日期，件数可以不同。"
WIDTHS = (45, 25, 35, 65, 75)


def title(row: FigureSnapshot) -> str:
    return f"政协西平县委员会{row.year}年度统计"


def signed(row: FigureSnapshot) -> list[str]:
    at = timezone.localtime(row.signed_at)
    return [YEARS, f"{row.signed_name}于{at:%Y年%m月%d日 %H:%M}签署定稿。", f"校验值：{row.digest}"]


def write(kind: str, row: FigureSnapshot, found: list[Frozen]) -> bytes:
    return (_sheet if kind == "xlsx" else _paper)(row, found)


def _paper(row: FigureSnapshot, found: list[Frozen]) -> bytes:
    paper = page.new_paper()
    tables.turn(paper)
    page.title(paper, title(row))
    page.subtitle(paper, SENDER)
    for label, rows in grouped(found):
        layout.heading(paper, label)
        tables.grid(paper, HEADS, WIDTHS, [_cells(one) for one in rows])
    page.line(paper)
    for words in signed(row):
        layout.paragraph(paper, words)
    layout.signature(paper, SENDER, timezone.localdate(row.signed_at))
    return page.content(paper)


def _cells(one: Frozen) -> list[str]:
    number = one.shown if one.whole is not None or one.part is None else f"{one.shown}{one.unit}"
    return [one.name, number, one.fraction, one.population, one.formula]


def _sheet(row: FigureSnapshot, found: list[Frozen]) -> bytes:
    columns = [
        ("类", 12),
        ("指标", 24),
        ("数值", 12),
        ("单位", 8),
        ("分子", 10),
        ("分母", 10),
        ("统计范围", 40),
        ("算法", 60),
        ("依据", 40),
    ]
    rows = [
        [label, one.name, one.number, one.unit, one.part, one.whole,
         one.population, one.formula, one.source]
        for label, group in grouped(found) for one in group
    ]  # fmt: skip
    return listing("年度统计", title(row), columns, [*rows, [], *([words] for words in signed(row))])
