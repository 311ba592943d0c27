"""How one wording of a text differs from another: clause by clause, then by character."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]?")
# Beyond this a passage counts as rewritten; comparing its characters would cost time and say nothing.
LONGEST_PASSAGE = 1500
SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """A run of text that is the same in both wordings, or only in the new (added) or old (removed) one."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    label: str
    pieces: list[Piece]


def changes(old: dict[str, str], new: dict[str, str]) -> list[Change]:
    """Of the parts of two wordings (label → text) those that differ, in the order of the old one."""
    return [Change(label, difference(text, new[label])) for label, text in old.items() if text != new[label]]


def difference(old: str, new: str) -> list[Piece]:
    """Clause by clause first, then by character within the clauses that differ: fast on long texts."""
    before, after = CLAUSE.findall(old), CLAUSE.findall(new)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        one, other = "".join(before[i:j]), "".join(after[k:m])
        pieces += [Piece(SAME, one)] if tag == "equal" else _by_character(one, other)
    return [piece for piece in pieces if piece.text]


def _by_character(old: str, new: str) -> list[Piece]:
    if max(len(old), len(new)) > LONGEST_PASSAGE:
        return [Piece(REMOVED, old), Piece(ADDED, new)]
    pieces = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, old[i:j]))
        else:
            pieces += [Piece(REMOVED, old[i:j]), Piece(ADDED, new[k:m])]
    return pieces
