"""For many indexed texts at once, the texts that share the most of what is rare in each: three queries, however many.

Coarser than `closest`: only the index is asked, no text is read. Good enough to vote, not to show.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from search.models import SimilarTerm

from .frequencies import Frequencies, frequencies

ASKED = 16  # words of each text: those that say the most
COMMON = 400  # a word in more texts than this says nothing here
LEAST, FEWEST = 0.2, 3


@dataclass(frozen=True)
class Near:
    """`score`: how much of what the asked text is about stands in this one too, between 0 and 1."""

    object_id: int
    score: float


def closest_of_many(name: str, ids: Collection[int], among: QuerySet, limit: int = 5) -> dict[int, list[Near]]:
    """Id → the nearest of `among` (a queryset of ids), best first, then the newer one; nothing for texts without words."""
    asked = _asked(name, ids)
    words = {word for worth in asked.values() for word in worth}
    if not words:
        return {}
    holders = _holders(name, words, among)
    return {pk: found for pk, worth in asked.items() if (found := _nearest(pk, worth, holders)[:limit])}


def _asked(name: str, ids: Collection[int]) -> dict[int, dict[str, float]]:
    """Id → its words that say the most, with what each is worth."""
    held: dict[int, dict[str, float]] = defaultdict(dict)
    rows = SimilarTerm.objects.filter(kind=name, object_id__in=ids).values_list("object_id", "term", "weight")
    for pk, word, weight in rows:
        held[pk][word] = weight
    common = frequencies(name, {word for words in held.values() for word in words})
    return {pk: _telling(words, common) for pk, words in held.items()}


def _telling(words: dict[str, float], common: Frequencies) -> dict[str, float]:
    worth = {word: weight * common.rarity(word) for word, weight in words.items() if common.of(word) <= COMMON}
    return dict(sorted(worth.items(), key=lambda pair: (-pair[1], pair[0]))[:ASKED])


def _holders(name: str, words: Collection[str], among: QuerySet) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    rows = SimilarTerm.objects.filter(kind=name, term__in=words, object_id__in=among)
    for word, pk in rows.values_list("term", "object_id"):
        found[word].append(pk)
    return found


def _nearest(asked: int, worth: dict[str, float], holders: dict[str, list[int]]) -> list[Near]:
    shared: dict[int, list[float]] = defaultdict(list)
    for word, value in worth.items():
        for pk in holders.get(word, ()):
            shared[pk].append(value)
    total = sum(worth.values())
    near = [Near(pk, round(sum(v) / total, 4)) for pk, v in shared.items() if len(v) >= FEWEST and pk != asked]
    return sorted((one for one in near if one.score >= LEAST), key=lambda one: (-one.score, -one.object_id))
