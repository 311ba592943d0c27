"""Matters that people brought since a day: their seats are then not simply taken back (members.roster.claims)."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from .models import Matter


def since(people: Collection[int], moment: datetime) -> dict[int, str]:
    """person's id → "协商议题 2 件"."""
    rows = Matter.objects.filter(brought_by__person__in=people, received_at__gt=moment)
    keys = rows.values_list("brought_by__person", flat=True)
    return {person: f"协商议题 {count} 件" for person, count in Counter(keys).items()}
