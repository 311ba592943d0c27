"""The figures as a page shows them: name, number with the address behind it, what it means, and how it was before."""

from dataclasses import dataclass

from django.urls import reverse

from .asked import Asked
from .counting import Value, counted
from .proposal_figures import ACCOUNT
from .registry import Figure

PART, WHOLE = "part", "whole"
PLACES = {PART: 0, WHOLE: 1}


@dataclass(frozen=True)
class Row:
    """`part_url` and `whole_url` open the rows that were counted; `before` is the value of the time compared with."""

    value: Value
    part_url: str = ""
    whole_url: str = ""
    before: Value | None = None

    @property
    def figure(self) -> Figure:
        return self.value.figure

    @property
    def change(self) -> str:
        return self.value.against(self.before) if self.before else ""


def rows_url(figure: Figure, place: str, asked: Asked, **more) -> str:
    return f"{reverse('reports:figure_rows', args=[figure.key, place])}?{asked.query(**more)}"


def rows(asked: Asked, figures: list[Figure], before: Asked | None = None) -> list[Row]:
    """In the order of `figures`; one query for each base, twice with `before`."""
    now = counted(asked, figures)
    then = counted(before, figures) if before else {}
    return [_row(now[figure.key], asked, then.get(figure.key)) for figure in figures]


def _row(value: Value, asked: Asked, before: Value | None) -> Row:
    figure = value.figure
    if not value.is_known:
        return Row(value, before=before)
    whole = rows_url(figure, WHOLE, asked) if figure.is_rate else ""
    return Row(value, rows_url(figure, PART, asked), whole, before)


def account(values: dict[str, Value]) -> str:
    """收到 201＝立案 171＋并案 11＋…; "" where a part is not known. Both sides are counted, and they are equal."""
    if not all(key in values and values[key].is_known for key in ("received", *ACCOUNT)):
        return ""
    parts = "＋".join(f"{values[key].figure.name} {values[key].part}" for key in ACCOUNT)
    return f"收到 {values['received'].part}＝{parts}"


def title(figure: Figure, place: str) -> str:
    """立案率：算在里面的; 立案率：达到的."""
    if not figure.is_rate:
        return figure.name
    return f"{figure.name}：{'达到的（分子）' if place == PART else '统计范围（分母）'}"
