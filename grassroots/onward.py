"""Where a matter goes on as a member's draft: a registry of handlers (design §3), as proposals/dispositions.

The layer above registers a handler for each way. What was decided before the handler came waits, recorded with the
matter, until `convert_waiting` finds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from workflow.handing_on import hand_on as hand_on_each

from .acts import Act
from .models import Onwarding
from .states import State


@dataclass(frozen=True)
class Handed:
    """What a handler is given: plain values, so that it needs nothing of this app. The draft is of that person."""

    matter_id: int
    number: str
    title: str
    situation: str
    suggestions: tuple[str, ...]
    person_id: int
    origin: str


class Handler(Protocol):
    def convert(self, handed: Handed) -> str:
        """Make the draft, in the transaction of the caller; returns how it is called there."""


_handlers: dict[str, Handler] = {}


def register(way: str, handler: Handler) -> None:
    _handlers[way] = handler


def handler_of(way: str) -> Handler | None:
    return _handlers.get(way)


def waiting():
    rows = Onwarding.objects.filter(converted_at__isnull=True, matter__state=State.MOVED, way__in=list(_handlers))
    return rows.select_related("matter").order_by("pk")


def convert_waiting() -> int:
    """Hand on everything that waits; returns how many went."""
    return convert(waiting())


def convert(rows: Iterable[Onwarding]) -> int:
    return hand_on_each((row.matter for row in rows), Act.CONVERT)


def hand_on(row: Onwarding) -> str:
    """Give the matter to its handler; returns how it is called there."""
    return handler_of(row.way).convert(_handed(row))


def _handed(row: Onwarding) -> Handed:
    matter = row.matter
    situation = matter.public_text or matter.text
    if matter.findings:
        situation += f"\n调研情况：{matter.findings}"
    suggestions = tuple(line.strip() for line in row.suggestions.splitlines() if line.strip())
    return Handed(
        matter.pk, matter.receipt, str(matter), situation, suggestions, row.person_id,
        f"{matter.venue}协商议题 {matter.receipt}",
    )  # fmt: skip
