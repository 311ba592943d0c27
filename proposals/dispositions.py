"""Where a proposal that is not filed goes on: a registry of handlers (design §3).

Another app, or the layer above on its behalf, registers a handler for a disposition. What was decided before
the handler came waits, recorded with the case, until `convert_waiting` finds it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db import transaction

from documents.models import Attachment
from workflow.handing_on import hand_on as hand_on_each

from .acts import ProposalAct
from .kinds import Disposition
from .models import Proposal
from .states import CosignatureState, ProposalState


@dataclass(frozen=True)
class Handed:
    """What a handler is given: plain values, so that it needs nothing of this app. The authors are credited by key."""

    proposal_id: int
    number: str
    title: str
    situation: str
    suggestions: tuple[str, ...]
    person_ids: tuple[int, ...]
    organization_id: int | None
    file_ids: tuple[UUID, ...] = ()


class Handler(Protocol):
    """Takes a proposal over and, as long as its own procedure allows, gives it back."""

    def convert(self, handed: Handed) -> str:
        """Make the new case, in the transaction of the caller; returns how it is called there."""

    def why_kept(self, proposal_id: int) -> str:
        """Why it cannot be given back any more; "" when it can. Asks, changes nothing."""

    def give_back(self, proposal_id: int) -> None:
        """End the new case, in the transaction of the caller."""


_handlers: dict[str, Handler] = {}


def register(disposition: Disposition, handler: Handler) -> None:
    _handlers[disposition] = handler


def unregister(disposition: Disposition) -> None:
    _handlers.pop(disposition, None)


def handler_of(disposition: str) -> Handler | None:
    return _handlers.get(disposition)


def waiting():
    """Not filed, to go a way that somebody handles, and not there yet."""
    rows = Proposal.objects.filter(state=ProposalState.NOT_FILED, converted_at__isnull=True)
    return rows.filter(disposition__in=list(_handlers)).order_by("pk")


def convert_later(proposal: Proposal) -> None:
    """Called by 不予立案: the handler is tried once the decision stands; what fails waits."""
    if handler_of(proposal.disposition):
        transaction.on_commit(lambda: convert(waiting().filter(pk=proposal.pk)), robust=True)


def convert_waiting() -> int:
    """Hand on everything that waits; returns how many went."""
    return convert(waiting())


def convert(rows: Iterable[Proposal]) -> int:
    return hand_on_each(rows, ProposalAct.CONVERT)


def hand_on(proposal: Proposal) -> str:
    """Give the case to its handler; returns how it is called there."""
    return handler_of(proposal.disposition).convert(_handed(proposal))


def _handed(proposal: Proposal) -> Handed:
    agreed = proposal.cosignatures.filter(state=CosignatureState.AGREED).order_by("position", "pk")
    first = [proposal.first_proposer_id] if proposal.first_proposer_id else []
    return Handed(
        proposal.pk, proposal.number, proposal.title, proposal.situation,
        tuple(proposal.suggestions.values_list("text", flat=True)),
        (*first, *agreed.values_list("person_id", flat=True)), proposal.organization_id,
        tuple(Attachment.objects.of("proposals.proposal", proposal.pk).values_list("pk", flat=True)),
    )  # fmt: skip


def why_kept(proposal: Proposal) -> str:
    """Why a case that was handed on does not come back; "" when its handler lets it go."""
    if proposal.disposition == Disposition.SUGGESTION:
        return "接收单位已经签收并告知采用情况"
    handler = handler_of(proposal.disposition)
    return handler.why_kept(proposal.pk) if handler else "这件提案已经转办"


def give_back(proposal: Proposal) -> None:
    if handler := handler_of(proposal.disposition):
        handler.give_back(proposal.pk)
