"""What people said and suggested since a day: their seats are then not simply taken back (members.roster.claims)."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from .models import Idea, Opinion


def since(people: Collection[int], moment: datetime) -> dict[int, str]:
    """person's id → "协商意见 1 条、协商议题建议 2 条"; a draft that was begun counts too."""
    opinions = Opinion.objects.filter(Q(saved_at__gt=moment) | Q(submitted_at__gt=moment), person__in=people)
    ideas = Idea.objects.filter(person__in=people, entered_at__gt=moment)
    found: dict[int, list[str]] = defaultdict(list)
    for what, rows in (("协商意见", opinions), ("协商议题建议", ideas)):
        for person, count in Counter(rows.order_by().values_list("person", flat=True)).items():
            found[person].append(f"{what} {count} 条")
    return {person: "、".join(words) for person, words in found.items()}
