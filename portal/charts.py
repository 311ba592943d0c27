"""Where the parts of a chart stand: numbers for the SVG templates, nothing drawn by the browser.

A chart is 420 units wide, so that its text is readable on a phone; a number stands beside each part, and the table
below a chart says the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH, LABEL, ROW, BAR, NUMBER = 420, 124, 30, 18, 64
LONGEST = 8  # characters of a label in the picture; the table has it whole
HEIGHT, TOP, LEFT, RIGHT = 220, 24, 12, 12


@dataclass(frozen=True)
class Bar:
    label: str
    value: float
    shown: str
    href: str
    y: int
    width: int

    @property
    def short(self) -> str:
        return self.label if len(self.label) <= LONGEST else f"{self.label[: LONGEST - 1]}…"

    @property
    def text_y(self) -> int:
        return self.y + BAR - 4

    @property
    def number_x(self) -> int:
        return LABEL + self.width + 6


def bars(rows: Iterable[dict]) -> list[Bar]:
    """Rows of {label, value, shown?, href?}, the longest bar as long as there is room."""
    rows = list(rows)
    most = max((row["value"] for row in rows), default=0) or 1
    room = WIDTH - LABEL - NUMBER
    return [
        Bar(row["label"], row["value"], str(row.get("shown", row["value"])), row.get("href", ""), place * ROW + 6,
            round(room * row["value"] / most))
        for place, row in enumerate(rows)
    ]  # fmt: skip


@dataclass(frozen=True)
class Part:
    name: str
    value: int
    x: int
    width: int
    place: int
    href: str = ""


@dataclass(frozen=True)
class Stack:
    label: str
    total: int
    y: int
    parts: list[Part]
    href: str = ""

    short, text_y = Bar.short, Bar.text_y


def stacks(names: Iterable[str], rows: Iterable[dict]) -> list[Stack]:
    """Rows of {label, values, hrefs?, total_href?}; each bar is as long as all its parts are together."""
    names, rows = list(names), list(rows)
    most = max((sum(row["values"]) for row in rows), default=0) or 1
    return [
        Stack(row["label"], sum(row["values"]), place * ROW + 6, _parts(names, row, most), row.get("total_href", ""))
        for place, row in enumerate(rows)
    ]


def _parts(names: list[str], row: dict, most: int) -> list[Part]:
    room, found, before = WIDTH - LABEL - NUMBER, [], 0
    hrefs = row.get("hrefs") or [""] * len(names)
    for place, (name, value, href) in enumerate(zip(names, row["values"], hrefs, strict=True), start=1):
        start, end = (LABEL + round(room * one / most) for one in (before, before + value))
        found.append(Part(name, value, start, end - start, place, href))
        before += value
    return found


@dataclass(frozen=True)
class Point:
    label: str
    value: float
    shown: str
    href: str
    x: int
    y: int
    is_named: bool

    @property
    def number_y(self) -> int:
        return self.y - 8


def points(rows: Iterable[dict]) -> list[Point]:
    """Rows of {label, value, shown?, href?} from left to right; under many, every second or third is named."""
    rows = list(rows)
    most = max((row["value"] for row in rows), default=0) or 1
    gap = (WIDTH - LEFT - RIGHT) / max(len(rows), 1)
    named = max(1, -(-len(rows) // 7))
    low = HEIGHT - 32
    return [
        Point(
            row["label"], row["value"], str(row.get("shown", row["value"])), row.get("href", ""),
            round(LEFT + gap * (place + 0.5)), round(low - (low - TOP - 12) * row["value"] / most), place % named == 0,
        )
        for place, row in enumerate(rows)
    ]  # fmt: skip


def shade(value: int, most: int) -> int:
    """How dark a cell of a heat map is: 0 for nothing, else 1 to 5."""
    return min(5, 1 + 5 * (value - 1) // most) if value and most else 0
