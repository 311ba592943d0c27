"""The earlier wordings of a proposal, and what polishing changed, character by character."""

from dataclasses import dataclass

from documents.difference import Change, changes
from proposals.models import Proposal, TextSnapshot
from proposals.rewording import AMENDED


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
    return [Wording(snapshot, changes(texts[n], texts[n + 1])) for n, snapshot in enumerate(kept)]


def differences(old: dict, new: dict) -> list[Change]:
    """How one whole text (proposals.rewording.text_of) differs from another."""
    return changes(_parts(**old), _parts(**new))


def seen_by_units(proposal: Proposal) -> list[Wording]:
    """Changes on the proposer's request since the units have it: they see old and new."""
    if proposal.assigned_at is None or not proposal.snapshots.filter(occasion=AMENDED).exists():
        return []
    kept = (w for w in wordings(proposal) if w.snapshot.occasion == AMENDED)
    return [wording for wording in kept if wording.snapshot.at >= proposal.assigned_at]


def _parts(title: str, situation: str, suggestions: list[str]) -> dict[str, str]:
    listed = "\n".join(f"{n}. {text}" for n, text in enumerate(suggestions, start=1))
    return {"案由": title, "情况分析": situation, "具体建议": listed}
