"""Reports that people wrote since a day: their seats are then not simply taken back (members.roster.claims)."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from .models import OpinionReport


def since(people: Collection[int], moment: datetime) -> dict[int, str]:
    """person's id → "社情民意 2 条"."""
    rows = OpinionReport.objects.filter(author__in=people, created_at__gt=moment).values_list("author", flat=True)
    return {person: f"社情民意 {count} 条" for person, count in Counter(rows).items()}
