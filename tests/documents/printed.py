"""A .pdf as it is printed: its lines with their places, and where there is ink. Millimetres from the upper left corner."""

import io
from dataclasses import dataclass

import pypdfium2
import pytest

from documents import pdf

MM = 25.4 / 72
SCALE = 2  # dots a point
DARK = 200  # of 255


def converted(content: bytes) -> bytes:
    """Whoever asks for pages wants to see them: without LibreOffice the test fails and says what to install."""
    if pdf.missing():
        pytest.fail("LibreOffice is not installed; install it: apt-get install libreoffice-writer", pytrace=False)
    return pdf.converted(content)


@dataclass(frozen=True)
class Line:
    """A piece of a line in one font."""

    left: float
    top: float
    right: float
    bottom: float
    words: str


@dataclass(frozen=True)
class Ink:
    """The smallest box with all that is printed in it."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    lines: list[Line]
    ink: Ink

    @property
    def rows(self) -> list[str]:
        """The words of each line between the upper and the lower margin."""
        inside = [line for line in self.lines if line.top > 34 and line.bottom < self.height - 33]
        rows: dict[float, list[Line]] = {}
        for line in sorted(inside, key=lambda one: one.top):
            place = next((top for top in rows if abs(top - line.top) < 3), line.top)
            rows.setdefault(place, []).append(line)
        return ["".join(line.words for line in sorted(row, key=lambda one: one.left)) for row in rows.values()]

    @property
    def is_full(self) -> bool:
        """Nothing but the long text on it."""
        return len(self.rows) > 15 and all(set(row) <= set("一二三四五六七八九十") for row in self.rows)

    @property
    def goes_on(self) -> bool:
        """The paragraph at its foot is not at its end."""
        return len(self.rows[-1]) > 2


def pages(content: bytes) -> list[Page]:
    with pypdfium2.PdfDocument(io.BytesIO(content)) as paper:
        return [_page(page) for page in paper]


def _page(page) -> Page:
    width, height = page.get_size()
    text = page.get_textpage()
    boxes = [text.get_rect(place) for place in range(text.count_rects())]
    lines = [
        Line(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM, words)
        for left, bottom, right, top in boxes
        if (words := "".join(text.get_text_bounded(left, bottom, right, top).split()))
    ]
    return Page(width * MM, height * MM, lines, _ink(page))


def _ink(page) -> Ink:
    picture = page.render(scale=SCALE, grayscale=True)
    dots, line = bytes(picture.buffer), picture.stride
    rows = [y for y in range(picture.height) if min(dots[y * line : y * line + picture.width]) < DARK]
    columns = [x for x in range(picture.width) if min(dots[x::line]) < DARK]
    size = MM / SCALE
    return Ink(columns[0] * size, rows[0] * size, (columns[-1] + 1) * size, (rows[-1] + 1) * size)
