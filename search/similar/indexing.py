"""Bringing the index to what the texts say now: set-based, repeatable, without regard to what was missed."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b

from django.db import transaction
from django.db.models import Count

from search.models import IndexedText, SimilarTerm, TermFrequency

from .frequencies import frequencies
from .kinds import Kind, Text, named
from .words import weights

BATCH = 500
MOST_WORDS = 80  # of one text: those that say the most
GROWN = 0.1  # words are counted anew when a tenth of the texts is new


@dataclass(frozen=True)
class Done:
    written: int = 0
    removed: int = 0


def refresh(name: str, ids: Collection[int] | None = None) -> Done:
    """Index what is new or changed and drop what is gone, of the given ids or of all. Returns how many of each."""
    kind = named(name)
    known, now = _known(kind, ids), _now(kind, ids)
    gone = [pk for pk in known if pk not in now]
    changed = sorted(pk for pk, mark in now.items() if known.get(pk) != mark)
    for start in range(0, len(gone), BATCH):
        _remove(kind, gone[start : start + BATCH])
    written = sum(_write(kind, changed[start : start + BATCH], now) for start in range(0, len(changed), BATCH))
    if written and _has_grown(kind):
        count_words(name)
    return Done(written, len(gone))


def _known(kind: Kind, ids) -> dict:
    rows = IndexedText.objects.filter(kind=kind.name)
    rows = rows if ids is None else rows.filter(object_id__in=ids)
    return dict(rows.values_list("object_id", "mark"))


def _now(kind: Kind, ids) -> dict:
    rows = kind.rows().order_by()
    rows = rows if ids is None else rows.filter(pk__in=ids)
    return dict(rows.values_list("pk", kind.mark))


@transaction.atomic
def _remove(kind: Kind, ids: Collection[int]) -> None:
    SimilarTerm.objects.filter(kind=kind.name, object_id__in=ids).delete()
    IndexedText.objects.filter(kind=kind.name, object_id__in=ids).delete()


def _write(kind: Kind, ids: list[int], marks: dict) -> int:
    """Store the words of these texts; where only the mark moved, the mark. Returns how many texts were cut."""
    texts = kind.texts(ids)
    digests = {pk: digest(text) for pk, text in texts.items()}
    rows = IndexedText.objects.filter(kind=kind.name, object_id__in=ids)
    before = dict(rows.values_list("object_id", "digest"))
    cut = [pk for pk in ids if pk in texts and before.get(pk) != digests[pk]]
    terms = _terms(kind, {pk: texts[pk] for pk in cut})
    with transaction.atomic():
        # First, so that a second run for the same texts waits here and then replaces these words.
        IndexedText.objects.bulk_create(
            [IndexedText(kind=kind.name, object_id=pk, mark=marks[pk], digest=digests[pk]) for pk in texts],
            update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=["mark", "digest"],
        )  # fmt: skip
        SimilarTerm.objects.filter(kind=kind.name, object_id__in=cut).delete()
        SimilarTerm.objects.bulk_create(terms, batch_size=5000)
    return len(cut)


def _terms(kind: Kind, texts: dict[int, Text]) -> list[SimilarTerm]:
    weighted = {pk: weights(text) for pk, text in texts.items()}
    common = frequencies(kind.name, {word for found in weighted.values() for word in found})
    return [
        SimilarTerm(kind=kind.name, object_id=pk, term=word, weight=found[word])
        for pk, found in weighted.items()
        for word in sorted(found, key=lambda word: (-found[word] * common.rarity(word), word))[:MOST_WORDS]
    ]


def digest(text: Text) -> str:
    return blake2b(str(text).encode(), digest_size=16).hexdigest()


def _has_grown(kind: Kind) -> bool:
    counted = TermFrequency.objects.filter(kind=kind.name, term="").values_list("texts", flat=True).first() or 0
    return IndexedText.objects.filter(kind=kind.name).count() > counted * (1 + GROWN)


@transaction.atomic
def count_words(name: str) -> int:
    """Count anew in how many texts each word stands. Returns how many words there are."""
    total = IndexedText.objects.filter(kind=name).count()
    counted = SimilarTerm.objects.filter(kind=name).values_list("term").annotate(texts=Count("pk")).order_by("term")
    rows = [TermFrequency(kind=name, term=term, texts=texts) for term, texts in counted]
    TermFrequency.objects.filter(kind=name).delete()
    TermFrequency.objects.bulk_create([TermFrequency(kind=name, term="", texts=total), *rows], batch_size=5000)
    return len(rows)
