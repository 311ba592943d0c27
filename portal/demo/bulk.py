"""Writes many stories at once, in the order in which rows refer to each other."""

from collections import defaultdict

from members.models import Session
from proposals import models as m
from proposals.letter_words import word_of
from proposals.models import NumberSeries, Proposal
from proposals.numbering import case_series, letter_series, receipt_series

from . import unit_desk
from .assigning import wish_units
from .story import Story

BATCH = 1000
ORDER = (
    "Review", "TextSnapshot", "Contact", "Reply", "SuggestionAnswer", "Commitment", "Rating", "QualityRating",
    "TripartiteMeeting", "ExtensionRequest", "CommitmentNote", "Upgrade", "Urge", "SupplementaryReply", "KeyProposal", "KeyConsultation", "Supervision", "Demand", "AwardSelection", "AwardNomination",
)  # fmt: skip


def save(stories: list[Story]) -> int:
    """Save all rows and events; returns the number of events."""
    _proposals(stories)
    m.Suggestion.objects.bulk_create((s for x in stories for s in x.suggestions), batch_size=BATCH)
    m.Cosignature.objects.bulk_create((c for x in stories for c in x.cosignatures), batch_size=BATCH)
    wish_units(stories)
    _letters(stories)
    _assignments(stories)
    for name in ORDER:
        rows = [row for story in stories for row in story.rows.get(name, ())]
        getattr(m, name).objects.bulk_create(rows, batch_size=BATCH)
    return sum(story.history.write() for story in stories)


def _proposals(stories: list[Story]) -> None:
    """Mains first, then those merged into them."""
    by_depth = ([s for s in stories if s.proposal.merged_into is None],
                [s for s in stories if s.proposal.merged_into is not None])  # fmt: skip
    for group in by_depth:
        Proposal.objects.bulk_create([s.proposal for s in group], batch_size=BATCH)


def _assignments(stories: list[Story]) -> None:
    rows = [row for story in stories for row in story.rows.get("Assignment", ())]
    for group in ([r for r in rows if r.lead is None], [r for r in rows if r.lead is not None]):
        m.Assignment.objects.bulk_create(group, batch_size=BATCH)


def _letters(stories: list[Story]) -> None:
    """Letter numbers per unit and year in the order of sending."""
    sent = [(r.sent_at, r, r.assignment.unit) for story in stories for r in story.rows.get("Reply", ()) if r.sent_at]
    told = [r for story in stories for r in story.rows.get("SupplementaryReply", ()) if r.signed_at]
    sent += [(r.signed_at, r, r.reply.assignment.unit) for r in told]
    last: dict[str, int] = defaultdict(int)
    for _at, letter, unit in sorted(sent, key=lambda one: one[0]):
        name = letter_series(unit, letter.letter_year)
        last[name] += 1
        letter.letter_word, letter.letter_serial = word_of(unit), last[name]
    unit_desk.number_opinions(stories, last)
    NumberSeries.objects.bulk_create(NumberSeries(name=n, last=k) for n, k in last.items())


def close_series(session: Session, stories: list[Story]) -> None:
    """Let the session's own series go on after the numbers that were given."""
    receipts = sum(1 for s in stories if s.proposal.receipt_number)
    serials = sum(1 for s in stories if s.proposal.serial)
    NumberSeries.objects.bulk_create(
        [
            NumberSeries(name=receipt_series(session), last=receipts),
            NumberSeries(name=case_series(session), last=serials),
        ]
    )
