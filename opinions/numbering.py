"""Numbers without gaps: of the reports as they come in, and of the issues of a year."""

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


def issue_series(year: int) -> str:
    return f"issue:{year}"
