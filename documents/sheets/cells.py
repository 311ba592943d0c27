"""What may stand in a cell: text stays text whatever it begins with, dates and numbers are real ones.

A formula is only what openpyxl is told is one; nothing here ever is. `quotePrefix` keeps Excel from making one of it
when somebody edits the cell, as an apostrophe typed in front would.
"""

import datetime
import math
import re
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone

from . import text

LONGEST = 32_767  # characters, as the format allows
DIGITS = 15  # Excel keeps no more of a number
DAY, MOMENT, SHARE = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "0.0%"
EARLIEST = 1900  # the first year that the format counts from
SHEET_NAME = 31
# In a workbook _x003D_ reads as the character it numbers; a text that has it says so.
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def kept(value):
    """The value as a cell takes it: a number, a date, a moment without a zone, or text; a fraction is a share."""
    if value is None:
        return ""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        return value if value.year >= EARLIEST else text.plain(value)
    if isinstance(value, datetime.date):
        return value if value.year >= EARLIEST else value.isoformat()
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return value if _is_exact(value) else str(value)
    return ESCAPE.sub("_x005F_", text.legible(value)[:LONGEST])[:LONGEST]


def _is_exact(value) -> bool:
    """Not a long row of digits, which would lose its end, and no NaN."""
    return math.isfinite(value) and abs(value) < 10**DIGITS


def put(cell, value) -> None:
    """Into a cell of openpyxl; its number format follows from the value."""
    found = kept(value)
    cell.value = found
    if isinstance(found, str):
        cell.data_type = "s"
        if not cell.quotePrefix:
            cell.quotePrefix = True
    elif isinstance(value, Fraction):
        cell.number_format = SHARE
    elif isinstance(found, datetime.datetime):
        cell.number_format = MOMENT
    elif isinstance(found, datetime.date):
        cell.number_format = DAY


def sheet_name(name: str) -> str:
    """What the format allows as the name of a sheet; never empty, never one that reads as a formula or a reference."""
    clean = text.line(name).translate(NOT_IN_SHEET_NAMES).lstrip("=+-@＝＋－＠ ")[:SHEET_NAME].strip()
    return "数据" if not clean or clean.casefold() == "history" else clean
