"""Numbers without gaps: receipts, case numbers, reply letters (design §6)."""

from django.db import connection
from django.db.models import F
from django.db.models.functions import Length

from .models import NumberSeries


def next_number(series: str) -> int:
    """The next number of the series. Holds its row until the transaction ends, so a refusal gives it back."""
    number = _advance(series)
    if number is None:
        NumberSeries.objects.get_or_create(name=series)
        number = _advance(series)
    return number


def _advance(series: str) -> int | None:
    """Lock, count and read in one statement, which the ORM has no words for; None for a new series."""
    table = connection.ops.quote_name(NumberSeries._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET last = last + 1 WHERE name = %s RETURNING last", [series])
        row = cursor.fetchone()
    return row[0] if row else None


def hold(series: str) -> int:
    """Keep everybody else from taking a number until the transaction ends; returns the last one given."""
    NumberSeries.objects.get_or_create(name=series)
    return NumberSeries.objects.select_for_update().get(name=series).last


def next_block(series: str, count: int) -> range:
    """The next `count` numbers at once, held like `next_number`."""
    first = hold(series) + 1
    NumberSeries.objects.filter(name=series).update(last=first + count - 1)
    return range(first, first + count)


def reserve(series: str, number: int) -> None:
    """Make the series go on after a number that came from outside (ledger import)."""
    NumberSeries.objects.get_or_create(name=series)
    NumberSeries.objects.filter(name=series, last__lt=number).update(last=number)


def receipt_series(session) -> str:
    return f"receipt:{session.code}"


def case_series(session) -> str:
    """One series per session for all kinds, continued by 平时提案."""
    return f"case:{session.code}"


def letter_series(unit, year: int) -> str:
    return f"letter:{unit.pk}:{year}"


def opinion_series(unit, year: int) -> str:
    """会办意见 are numbered beside the replies (domain §3.4)."""
    return f"opinion:{unit.pk}:{year}"


def receipt_number(session) -> str:
    """A 流水号 such as 11-4-0007."""
    return as_receipt(session, next_number(receipt_series(session)))


def as_receipt(session, number: int) -> str:
    return f"{session.code}-{number:04d}"


def in_numbering_order(queryset):
    """Proposals in the order in which one batch numbers them: session, category, receipt number.

    The one place of this rule (design §6), whatever the order in which rows were ticked: every door that
    numbers several at once (`proposals.batch` of the portal's list, the admin's bulk acts) goes through it.
    Without a category last. A longer receipt number is a later one: 11-4-9999 comes before 11-4-10000.
    """
    return queryset.order_by(
        F("session__term__number"), F("session__ordinal"),
        F("business_category__order").asc(nulls_last=True), F("business_category_id").asc(nulls_last=True),
        Length("receipt_number"), "receipt_number", "pk",
    )  # fmt: skip
