"""The closest texts: many candidates by shared rare words (in the database), then few by a careful comparison.

Second stage: cosine of the words, weighted by rarity, plus twice the share of common pairs of characters. Measured best
on reworded demands; a copied half is always first. The score lies between 0 and 3.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, F, FloatField, Sum, Value, When

from search.models import SimilarTerm

from .frequencies import Frequencies, frequencies
from .kinds import Text
from .words import pairs, weights

COMMON = 2000  # a word in more texts than this finds too many of them
FEWEST_WORDS, MOST_WORDS = 8, 60  # the rarest are asked in any case
POOL, CANDIDATES = 150, 50
BUCKETS = 8
LEAST = 0.25  # below this two texts have only a few words in common
LEAST_TITLE = 0.33


@dataclass(frozen=True)
class Match:
    """`shared`: the words both texts have, the rarest first."""

    object_id: int
    score: float
    shared: tuple[str, ...]


def closest(name: str, asked: Text, read: Callable[[list[int]], dict[int, Text]], limit: int = 8) -> list[Match]:
    """The nearest texts, best first, then the newer one. `read(ids)` gives the texts of the candidates that may be shown."""
    mine = weights(asked)
    if not mine:
        return []
    common = frequencies(name, mine)
    pool = _candidates(name, mine, common)
    allowed = read(pool)
    texts = {pk: allowed[pk] for pk in [pk for pk in pool if pk in allowed][:CANDIDATES]}
    theirs = {pk: weights(text) for pk, text in texts.items()}
    common = _with(name, common, {word for found in theirs.values() for word in found})
    matches = [compare(pk, asked, text, common, mine, theirs[pk]) for pk, text in texts.items()]
    least = LEAST if asked.body else LEAST_TITLE
    matches = [match for match in matches if match.score >= least]
    return sorted(matches, key=lambda match: (-match.score, -match.object_id))[:limit]


def _with(name: str, common: Frequencies, words: set[str]) -> Frequencies:
    more = frequencies(name, words - common.texts.keys())
    return Frequencies(common.total, {**more.texts, **common.texts})


def _candidates(name: str, mine: dict[str, float], common: Frequencies) -> list[int]:
    """Those that share the most of what is rare; one query."""
    by_rarity = sorted(mine, key=lambda word: (common.of(word), word))
    rare = [word for word in by_rarity if common.of(word) <= COMMON]
    asked = (rare if len(rare) >= FEWEST_WORDS else by_rarity[:FEWEST_WORDS])[:MOST_WORDS]
    found = SimilarTerm.objects.filter(kind=name, term__in=asked).values("object_id")
    found = found.annotate(score=Sum(F("weight") * _value(asked, mine, common), output_field=FloatField()))
    return [row["object_id"] for row in found.order_by("-score", "-object_id")[:POOL]]


def _value(asked: list[str], mine: dict[str, float], common: Frequencies) -> Case:
    """What each word is worth, in a few steps: the exact figure is the second stage's."""
    worth = {word: mine[word] * common.rarity(word) ** 2 for word in asked}
    top = max(worth.values())
    steps: dict[float, list[str]] = {}
    for word in asked:
        steps.setdefault(math.ceil(worth[word] / top * BUCKETS) / BUCKETS, []).append(word)
    whens = [When(term__in=words, then=Value(step)) for step, words in sorted(steps.items())]
    return Case(*whens, default=Value(0.0), output_field=FloatField())


def compare(
    pk: int, asked: Text, other: Text, common: Frequencies,
    mine: dict[str, float] | None = None, theirs: dict[str, float] | None = None,
) -> Match:  # fmt: skip
    """How near two texts are. A title alone is held against the other's title and asked of its whole text."""
    mine, theirs = mine or weights(asked), theirs or weights(other)
    rarity = {word: common.rarity(word) for word in {*mine, *theirs}}
    shared = sorted(mine.keys() & theirs.keys(), key=lambda word: (-rarity[word], word))
    if asked.body.strip():
        words = _cosine(mine, theirs, rarity, shared)
        likeness = _jaccard(pairs(str(asked)), pairs(str(other)))
    else:
        words = _covered(mine, rarity, shared)
        likeness = _jaccard(pairs(asked.title), pairs(other.title))
    return Match(pk, round(words + 2 * likeness, 4), tuple(shared))


def _cosine(mine: dict, theirs: dict, rarity: dict, shared: list[str]) -> float:
    product = sum(mine[word] * theirs[word] * rarity[word] ** 2 for word in shared)
    return product / (_length(mine, rarity) * _length(theirs, rarity)) if product else 0.0


def _covered(mine: dict, rarity: dict, shared: list[str]) -> float:
    return sum(rarity[word] for word in shared) / sum(rarity[word] for word in mine)


def _length(weighted: dict, rarity: dict) -> float:
    return math.sqrt(math.fsum((weighted[word] * rarity[word]) ** 2 for word in sorted(weighted)))


def _jaccard(one: frozenset, other: frozenset) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
