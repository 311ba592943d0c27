"""Open due dates after the calendar or a rule changed.

The apps that hold due dates register one function each; this app knows none of them.
"""

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Change:
    """One open item whose due date is another one now."""

    what: str  # "县政协十一届四次会议第 012 号 答复（县教育局）"
    old: datetime.date
    new: datetime.date
    url: str = ""


# Computes with the calendar and rules of the running transaction, writes the new due dates
# (with their events), and returns what it changed. Nothing outside the database, except on_commit.
Recompute = Callable[[], list[Change]]

_registered: list[Recompute] = []


def register(func: Recompute) -> None:
    if func not in _registered:
        _registered.append(func)


def recompute() -> list[Change]:
    """Bring every open due date in line with the calendar and the rules, all or none."""
    with transaction.atomic():
        changes = [change for func in _registered for change in func()]
    logger.info("due dates recomputed: %d changed", len(changes))
    return changes


def preview() -> list[Change]:
    """What `recompute()` would change now; done and rolled back, so the two cannot differ."""
    with transaction.atomic():
        changes = [change for func in _registered for change in func()]
        transaction.set_rollback(True)
    return changes
