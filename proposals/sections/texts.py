"""The earlier wordings of a proposal, and what polishing changed, character by character."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from proposals.models import Proposal, TextSnapshot
from proposals.rewording import AMENDED

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


@dataclass(frozen=True)
class Wording:
    """One kept text and how the next wording differs from it."""

    snapshot: TextSnapshot
    changes: list[Change]


def wordings(proposal: Proposal) -> list[Wording]:
    """Oldest first; each compared with the next one kept, the last with the text of today."""
    kept = list(proposal.snapshots.select_related("by__person"))
    texts = [_parts(s.title, s.situation, s.suggestions) for s in kept]
    today = [s.text for s in proposal.suggestions.all()]
    texts.append(_parts(proposal.title, proposal.situation, today))
    return [Wording(snapshot, list(_changes(texts[n], texts[n + 1]))) for n, snapshot in enumerate(kept)]


def differences(old: dict, new: dict) -> list[Change]:
    """How one whole text (proposals.rewording.text_of) differs from another."""
    return list(_changes(_parts(**old), _parts(**new)))


def seen_by_units(proposal: Proposal) -> list[Wording]:
    """Changes on the proposer's request since the units have it: they see old and new."""
    if proposal.assigned_at is None or not proposal.snapshots.filter(occasion=AMENDED).exists():
        return []
    kept = (w for w in wordings(proposal) if w.snapshot.occasion == AMENDED)
    return [wording for wording in kept if wording.snapshot.at >= proposal.assigned_at]


def _parts(title: str, situation: str, suggestions: list[str]) -> dict[str, str]:
    listed = "\n".join(f"{n}. {text}" for n, text in enumerate(suggestions, start=1))
    return {"案由": title, "情况分析": situation, "具体建议": listed}


def _changes(old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for label, text in old.items():
        if text != new[label]:
            yield Change(label, difference(text, new[label]))


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
