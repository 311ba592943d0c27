"""How much and how many. Each limit is a setting of the same name; these are the defaults."""

from django.conf import settings

MEGABYTE = 1024 * 1024


def max_bytes() -> int:
    """The largest file, in bytes."""
    return getattr(settings, "DOCUMENTS_MAX_BYTES", 32 * MEGABYTE)


def max_per_subject() -> int:
    """How many files one case may carry."""
    return getattr(settings, "DOCUMENTS_MAX_PER_SUBJECT", 20)


def max_waiting() -> int:
    """How many uploads of one person may wait unattached; a runaway script fills no disk."""
    return getattr(settings, "DOCUMENTS_MAX_WAITING", 50)


def keep_days() -> int:
    """How long an upload that was never attached is kept."""
    return getattr(settings, "DOCUMENTS_KEEP_DAYS", 7)


# A package (.docx, .xlsx, .ofd …) is a zip archive; these bound what it may unpack to.
MAX_ENTRIES = 5_000
MAX_DIRECTORY = 2 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE
MAX_RATIO = 200
RATIO_COUNTS_FROM = 30 * MEGABYTE
