"""How much a word says by being rare: counted in our own texts, smoothed so that it works from the first one.

A word in every one of few texts must not count as nothing, nor one in a single text as everything: thirty unseen texts
are thought to stand beside ours, in which every word occurs half a time.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass

from search.models import TermFrequency

UNSEEN, UNSEEN_EACH = 30, 0.5


@dataclass(frozen=True)
class Frequencies:
    total: int
    texts: dict[str, int]

    def rarity(self, word: str) -> float:
        """log of one part in how many texts hold the word; above zero."""
        return math.log(1 + (self.total + UNSEEN) / (self.texts.get(word, 0) + UNSEEN_EACH))

    def of(self, word: str) -> int:
        return self.texts.get(word, 0)


def frequencies(kind: str, words: Collection[str]) -> Frequencies:
    """Of these words; one query, none for no words."""
    if not words:
        return Frequencies(0, {})
    found = TermFrequency.objects.filter(kind=kind, term__in=["", *sorted(words)])
    texts = dict(found.values_list("term", "texts"))
    return Frequencies(texts.pop("", 0), texts)
