"""A due date as people see it: its light, the days left, the page that explains it."""

from dataclasses import dataclass
from datetime import date, datetime

from deadlines import explain, steps
from deadlines.book import Book, NoRule
from deadlines.lights import Light, light
from members.periods import today


@dataclass(frozen=True)
class DueSign:
    """`days` are calendar days left, negative when over; `explain` is "" where no rule made the date."""

    on: date
    colour: str = "none"
    word: str = ""
    days: int = 0
    explain: str = ""


def due_sign(
    on: date | None,
    step: str = "",
    start: date | datetime | None = None,
    kind: str = "",
    no_later_than: date | None = None,
    book: Book | None = None,
    is_decided: bool = False,
) -> DueSign | None:
    """The sign of an open due date, None where there is none. A page with many loads the book once.

    `is_decided`: the date is not the rule's but was decided (延期, 重新定期限); the explaining page says so.
    """
    if on is None:
        return None
    shown = _light(on, step, start, kind, book)
    days = (on - today()).days
    link = explain.url(step, start, _known(kind), no_later_than, on if is_decided else None) if step and start else ""
    return DueSign(on, shown.value if shown else "none", shown.label if shown else "", days, link)


def _light(on: date, step: str, start, kind: str, book: Book | None) -> Light | None:
    """A date that no rule made (修改期限, 联名截止) only turns red."""
    if on < today():
        return Light.RED
    if not step or start is None:
        return None
    try:
        return light(step, start, on, kind=kind, book=book)
    except NoRule:
        return None


def _known(kind: str) -> str:
    return kind if kind in dict(steps.kind_choices()) else ""
