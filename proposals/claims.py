"""What people have done as members since a day: their seats are then not simply taken back (members.roster.claims)."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

from .models import Cosignature, Proposal, Rating

WORK = (
    (Proposal, "first_proposer_id", "created_at", "提案"),
    (Cosignature, "person_id", "answered_at", "联名"),
    (Rating, "person_id", "at", "评价"),
)


def since(people: Collection[int], moment: datetime) -> dict[int, str]:
    """person's id → "提案 2 件、联名 1 件"."""
    found: dict[int, list[str]] = defaultdict(list)
    for model, whose, when, title in WORK:
        keys = model._base_manager.filter(**{f"{whose}__in": people, f"{when}__gt": moment}).values_list(
            whose, flat=True
        )
        for person, count in Counter(keys).items():
            found[person].append(f"{title} {count} 件")
    return {person: "、".join(words) for person, words in found.items()}
