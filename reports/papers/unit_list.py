"""承办单位考核情况: all units of a year or session as .docx (across A4) or .xlsx."""

from documents.papers import letter as layout
from documents.papers import page
from documents.sheets.writing import listing
from members.periods import today
from proposals.papers.words import SENDER
from reports.assessment import table
from reports.assessment.measures import MEASURES
from reports.assessment.period import Period
from reports.assessment.scoring import Line, Weights

from . import tables

HEADS = ("名次", "承办单位", "承办（件）", *(f"{head}率" for head, _keys in table.COLUMNS), "得分")
WIDTHS = (14, 49, 20, *(18 for _ in table.COLUMNS), 18)


def write(kind: str, period: Period, lines: list[Line], average: Line | None, weights: Weights) -> bytes:
    writer = _sheet if kind == "xlsx" else _paper
    return writer(period, lines, average, weights)


def title(period: Period) -> str:
    return f"政协西平县委员会{period.name}提案承办单位考核情况"


def _paper(period: Period, lines: list[Line], average: Line | None, weights: Weights) -> bytes:
    paper = page.new_paper()
    tables.turn(paper)
    page.title(paper, title(period))
    page.subtitle(paper, SENDER)
    page.line(paper)
    tables.grid(paper, HEADS, WIDTHS, [_words(line) for line in (*lines, *([average] if average else []))])
    page.line(paper)
    for words in (*table.notes(period, weights), *_unranked(lines)):
        layout.paragraph(paper, words)
    layout.signature(paper, SENDER, today())
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
        [*_head(line), *(figure.share for figure in line.result.figures.values()), line.why_not] for line in everybody
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
        ["", line.unit.name, figure.measure.name, figure.met, figure.whole, figure.share, figure.unrecorded, figure.waiting]
        for figure in line.result.figures.values()
    ]  # fmt: skip
