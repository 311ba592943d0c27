"""What openpyxl does not tell while streaming: merged ranges and whether there are formulas.

The raw XML of a sheet is searched in pieces, so a sheet of any size costs the same memory.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.utils.cell import range_boundaries

from .limits import MAX_MERGED_CELLS
from .refusal import Unreadable

CHUNK = 1024 * 1024
OVERLAP = 16 * 1024  # longer than the longest thing looked for
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]{0,400}?ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
FILLED = re.compile(rb"<(?:\w+:)?c(\s[^>]{0,300})?>\s*<(?:\w+:)?(?:v|f|is)[\s/>]")
NO_RESULT = re.compile(
    rb"<(?:\w+:)?c(\s[^>]{0,300})>\s*<(?:\w+:)?f(?:\s[^>]{0,500})?(?:/>|>[^<]{0,9000}</(?:\w+:)?f>)\s*</(?:\w+:)?c>"
)
PLACE = re.compile(rb"\sr=[\"']([A-Z]{1,3}([0-9]{1,7}))[\"']")


@dataclass
class Parts:
    """tall: row → column → (top row, range), for the lower cells of ranges one column wide.
    tops: their upper cells. wide: row → ranges that span several columns. All count from 1.
    last_filled: the last row with something in it, None when cells do not say where they stand.
    no_result: cells with a formula and no result at all, which is not the same as an empty text."""

    has_formulas: bool = False
    last_filled: int | None = 0
    no_result: set[str] = field(default_factory=set)
    tall: dict[int, dict[int, tuple[int, str]]] = field(default_factory=dict)
    tops: set[tuple[int, int]] = field(default_factory=set)
    wide: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)


def scan(package, path: str) -> Parts:
    """Search the sheet's part of the zip package."""
    parts, ranges = Parts(), set()
    with package.open(path) as stream:
        for window in _windows(stream):
            parts.has_formulas = parts.has_formulas or bool(FORMULA.search(window))
            ranges.update(MERGED.findall(window))
            _note_cells(parts, window)
    budget = MAX_MERGED_CELLS
    for name in sorted(ranges):
        budget -= _add(parts, name.decode())
        if budget < 0:
            raise Unreadable("合并单元格太多，读不出来。请取消合并单元格后再导入。")
    return parts


def _note_cells(parts: Parts, window: bytes) -> None:
    for found in FILLED.finditer(window):
        place = PLACE.search(found[1] or b"")
        if place is None or parts.last_filled is None:
            parts.last_filled = None
            break
        parts.last_filled = max(parts.last_filled, int(place[2]))
    places = (PLACE.search(found[1]) for found in NO_RESULT.finditer(window))
    parts.no_result.update(place[1].decode() for place in places if place)


def _windows(stream) -> Iterator[bytes]:
    tail = b""
    while chunk := stream.read(CHUNK):
        yield tail + chunk
        tail = chunk[-OVERLAP:]


def _add(parts: Parts, name: str) -> int:
    """Enter one range; returns how many cells it costs."""
    left, top, right, bottom = range_boundaries(name)
    if right > left:
        height = min(bottom, top + MAX_MERGED_CELLS + 1) - top + 1
        for row in range(top, top + height):
            parts.wide.setdefault(row, []).append((left, right, name))
        return height
    height = min(bottom, top + MAX_MERGED_CELLS + 1) - top
    parts.tops.add((top, left))
    for row in range(top + 1, top + height + 1):
        parts.tall.setdefault(row, {})[left] = (top, name)
    return height
