"""Finding what stands beside a case: its 重点提案 entry and the demands that are still open."""

from .kinds import KeyStatus
from .models import Assignment, Demand, KeyProposal, Proposal


def status_of(proposal: Proposal) -> str:
    """Of the entry that stands, "" without one; no query for a row of a list or a case page."""
    if hasattr(proposal, "key_status"):
        return proposal.key_status or ""
    entry = standing_entry(proposal)
    return entry.status if entry else ""


def is_key(proposal: Proposal) -> bool:
    return status_of(proposal) == KeyStatus.DECIDED


def standing_entry(proposal: Proposal) -> KeyProposal | None:
    """The latest that was put up or decided; read once for each instance, which the engine reads anew for every act."""
    if "_key_entry" not in proposal.__dict__:
        rows = KeyProposal.objects.standing().filter(proposal=proposal)
        proposal._key_entry = rows.newest_first().for_list().first()
    return proposal._key_entry


def has_records(proposal: Proposal) -> bool:
    known = getattr(proposal, "is_supervised", None)
    return proposal.supervisions.valid().exists() if known is None else known


def own_records(proposal: Proposal, user):
    """What this user entered and may void."""
    return proposal.supervisions.valid().filter(recorded_by=user)


def open_demands(share: Assignment):
    return Demand.objects.open().filter(assignment=share)


def is_asked(share: Assignment) -> bool:
    known = getattr(share, "is_asked_to_report", None)
    return open_demands(share).exists() if known is None else known
