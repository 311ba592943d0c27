"""The letters of a case that a reader may take: staff all, whoever signed it those to the proposers."""

from collections.abc import Iterable

from django.urls import reverse

from members.posts import posts_of
from proposals.models import Proposal
from proposals.papers import outcome
from proposals.papers.slip import has_slip
from proposals.roles import HANDLERS, REVIEWERS, Role
from proposals.states import ProposalState

from .reader import Reader

ORIGINAL = "original"
COMMITTEE = ("head", "staff", "reviewer")


def may_take(reader: Reader, kind: str) -> bool:
    return reader.reviews or (reader.signs and kind in outcome.TO_PROPOSERS)


def may_take_original(proposal: Proposal, reader: Reader) -> bool:
    """Whoever reads the whole text: who signed it, the committee, its units and their dispatch office."""
    reads = reader.reviews or reader.signs or reader.holds(*HANDLERS)
    return reads and proposal.receipt_number is not None and not proposal.moved_offline_at


def letters_of(proposal: Proposal, reader: Reader) -> list[tuple[str, str]]:
    """(name, address) of each; no query."""
    kinds = (kind for kind in outcome.kinds(proposal) if may_take(reader, kind))
    found = [
        (f"{outcome.TITLES[kind]}（Word）", reverse("proposals:letter", args=[proposal.pk, kind])) for kind in kinds
    ]
    if may_take_original(proposal, reader):
        found.insert(0, ("提案原件（Word）", reverse("proposals:letter", args=[proposal.pk, ORIGINAL])))
    if has_slip(proposal) and reader.holds(*REVIEWERS, *HANDLERS):
        found.append(("提案交办单（Word）", reverse("proposals:assignment_slip", args=[proposal.pk])))
    return [*found, *_archive(proposal, reader)]


def _archive(proposal: Proposal, reader: Reader) -> list[tuple[str, str]]:
    """The whole case, for those who keep it."""
    keeps = reader.holds(Role.STAFF, Role.HEAD) and proposal.state == ProposalState.CLOSED
    return [("案卷（.zip）", reverse("proposals:archive", args=[proposal.pk]))] if keeps else []


def takes_many(user) -> bool:
    """Whether the list offers this person many letters at once."""
    return posts_of(user).in_proposal_committee(*COMMITTEE)


def with_letters(rows: Iterable[Proposal]) -> set[int]:
    return {row.pk for row in rows if outcome.kinds(row)}
