"""A text with what is not published left out, as it will be read and as the committee sees it before."""

from collections import Counter
from dataclasses import dataclass, field

from .finding import ALWAYS, Find, What, found

MASK = "×××"


@dataclass(frozen=True)
class Rules:
    """`names`: people of the case; `own`: the proposer, whose name is published; `keep`: finds that stay as they are;
    `chosen`: what else is to be left out."""

    names: tuple[str, ...] = ()
    own: str = ""
    keep: frozenset[str] = frozenset()
    chosen: tuple[str, ...] = ()

    def masks(self, find: Find) -> bool:
        """Numbers and e-mail addresses are never published, whatever was chosen."""
        return find.what in ALWAYS or not (find.text in self.keep or self.is_own(find))

    def is_own(self, find: Find) -> bool:
        return find.what == What.NAME and find.text == self.own


@dataclass(frozen=True)
class Piece:
    text: str
    is_masked: bool = False


@dataclass(frozen=True)
class Masked:
    """`pieces`: the text in parts, for the preview; `finds`: everything found in the `original`."""

    pieces: list[Piece]
    finds: list[Find]
    counts: Counter = field(default_factory=Counter)
    original: str = ""

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def masked(text: str, rules: Rules) -> Masked:
    finds = [find for find in found(text, rules.names, rules.chosen) if not rules.is_own(find)]
    pieces, counts, at = [], Counter(), 0
    for find in finds:
        if not rules.masks(find):
            continue
        pieces += [Piece(text[at : find.start]), Piece(MASK, is_masked=True)]
        counts[find.what.value] += 1
        at = find.end
    return Masked([piece for piece in (*pieces, Piece(text[at:])) if piece.text], finds, counts, text)
