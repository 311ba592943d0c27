"""The assessment as it is shown: columns, cells with the addresses of the rows behind them, sentences."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from .figures import Figure, Result
from .measures import BY_KEY, COUNTED, MEASURES, MET, UNRECORDED, WAITING
from .period import Period
from .scoring import LEAST, Line, Weights

HANDLED, ASSISTED = "handled", "assisted"
# The heads of the list; a second key is shown smaller below the first.
COLUMNS = (
    ("签收及时", ("sign",)), ("面商", ("contact",)), ("按期办复", ("on_time",)), ("采纳", ("adopted",)),
    ("解决", ("resolved",)), ("评价收回", ("returned",)), ("态度满意", ("attitude", "attitude_satisfied")),
    ("结果满意", ("result", "result_satisfied")),
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A figure with the addresses of what is behind its numbers; "" where this reader may not look."""

    figure: Figure
    met_url: str = ""
    whole_url: str = ""
    unrecorded_url: str = ""
    waiting_url: str = ""


def rows_url(period: Period, unit_id: int, key: str, part: str) -> str:
    query = {"period": period.code} | ({"unit": unit_id} if unit_id else {})
    return f"{reverse('reports:unit_rows', args=[key, part])}?{urlencode(query)}"


def shown(result: Result, period: Period, linked: bool = True) -> dict[str, Shown]:
    """By measure."""
    if not linked:
        return {key: Shown(figure) for key, figure in result.figures.items()}
    parts = (MET, COUNTED, UNRECORDED, WAITING)
    return {
        key: Shown(figure, *(rows_url(period, result.unit_id, key, part) for part in parts))
        for key, figure in result.figures.items()
    }  # fmt: skip


def cells(result: Result, period: Period, linked: bool = True) -> list[dict]:
    """One a column: its head, the figure, and the one below it or None."""
    found = shown(result, period, linked)
    return [
        {"head": head, "first": found[keys[0]], "second": found[keys[1]] if keys[1:] else None}
        for head, keys in COLUMNS
    ]  # fmt: skip


def definitions(weights: Weights) -> list[dict]:
    """What each measure means, as the page explains it."""
    return [{"measure": m, "weight": weights.by_key.get(m.key, 0)} for m in MEASURES]


def weight_words(weights: Weights) -> str:
    """签收及时率 10、面商率 15……"""
    return "、".join(f"{BY_KEY[key].name} {weight}" for key, weight in weights.by_key.items() if key in BY_KEY)


def notes(period: Period, weights: Weights) -> list[str]:
    """What has to be known to read the figures, on the page and on paper."""
    uneven = [] if weights.is_whole else ["各指标权重合计不是 100，得分按比例折算，请提案委核对权重。"]
    return [
        period.explained,
        "从台账导入、没有登记有关情况的件（未登记）不计入分母，不算没有达到；时间未到的件（未到期）也不计入。",
        f"得分＝各指标比率乘以权重之和，满分 100。权重：{weight_words(weights)}。没有样本的指标不计，它的权重按比例分给其余指标。",
        f"承办（独办、主办、分办）不足 {LEAST} 件的单位不参加排名，列在后面。得分相同的名次并列。",
        *uneven,
    ]  # fmt: skip


def place(line: Line) -> str:
    return str(line.rank) if line.rank else "—"
