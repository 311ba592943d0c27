"""Numbers without gaps: of the reports as they come in, and of the issues of a year."""

from workflow.errors import Refused

from .models import Series


def next_number(series: str) -> int:
    """The next number; holds the series until the transaction ends, so that a refusal gives it back."""
    rows = Series.objects.select_for_update().filter(name=series)
    row = rows.first()
    if row is None:
        Series.objects.get_or_create(name=series)
        row = rows.get()
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def receipt(year: int) -> str:
    """A number such as SQ2026-0007."""
    return as_receipt(year, next_number(f"receipt:{year}"))


def as_receipt(year: int, number: int) -> str:
    return f"SQ{year}-{number:04d}"


def issue(year: int) -> int:
    return next_number(issue_series(year))


def is_unused(year: int) -> bool:
    return not Series.objects.filter(name=issue_series(year), last__gt=0).exists()


def reserve_printed(year: int, printed: int) -> None:
    """What was printed in a year before the portal counts on: its series goes on from there. Raises Refused once it is used."""
    row, _made = Series.objects.select_for_update().get_or_create(name=issue_series(year))
    if row.last:
        raise Refused(
            "今年的期号已经开始编，不能再改起点。", "请把“今年已印到第几期”留空后再编发。", code="series_used"
        )
    row.last = row.printed = printed
    row.save(update_fields=["last", "printed"])


def issue_series(year: int) -> str:
    return f"issue:{year}"
