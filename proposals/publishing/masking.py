"""A text with what is not published left out, as it will be read and as the committee sees it before."""

from collections import Counter
from dataclasses import dataclass, field

from .finding import ALWAYS, Find, found

MASK = "×××"


@dataclass(frozen=True)
class Rules:
    """`names`: people of the case; `keep`: finds that stay as they are; `chosen`: what else is to be left out."""

    names: tuple[str, ...] = ()
    keep: frozenset[str] = frozenset()
    chosen: tuple[str, ...] = ()

    def masks(self, find: Find) -> bool:
        """Numbers and e-mail addresses are never published, whatever was chosen."""
        return find.what in ALWAYS or find.text not in self.keep


@dataclass(frozen=True)
class Piece:
    text: str
    is_masked: bool = False


@dataclass(frozen=True)
class Masked:
    """`pieces`: the text in parts, for the preview; `finds`: everything found in the original."""

    pieces: list[Piece]
    finds: list[Find]
    counts: Counter = field(default_factory=Counter)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def masked(text: str, rules: Rules) -> Masked:
    finds, pieces, counts, at = found(text, rules.names, rules.chosen), [], Counter(), 0
    for find in finds:
        if not rules.masks(find):
            continue
        pieces += [Piece(text[at : find.start]), Piece(MASK, is_masked=True)]
        counts[find.what.value] += 1
        at = find.end
    return Masked([piece for piece in (*pieces, Piece(text[at:])) if piece.text], finds, counts)
