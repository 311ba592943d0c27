"""A term that an import needs and nobody has set up: dates are assumed, and the report asks to check them."""

from datetime import date, timedelta

from django.utils import timezone

from .models import Term

YEARS = 5


def day_by_count(number: int, ordinal: int = 1) -> date:
    """A day in that year of the term, counted in terms of five years from the latest one on record."""
    other = Term.objects.order_by("number").last()
    if other is None:
        return timezone.localdate()
    return in_year(other.starts, other.starts.year + YEARS * (number - other.number) + ordinal - 1)


def term_from_year(number: int, year: int) -> Term:
    """The whole term from January of that year; it must not overlap its neighbours, whose dates are known."""
    starts = in_year(date(2000, 1, 1), year)
    before = Term.objects.filter(number__lt=number).order_by("-number").first()
    after = Term.objects.filter(number__gt=number).order_by("number").first()
    if before and before.ends and before.ends >= starts:
        starts = before.ends + timedelta(days=1)
    ends = after.starts - timedelta(days=1) if after and after.starts > starts else None
    return Term(number=number, starts=starts, ends=ends)


def in_year(day: date, year: int) -> date:
    return date(min(max(year, 1949), 2999), day.month, min(day.day, 28))
