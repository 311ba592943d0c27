"""What a letter says of a case, read for many cases at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from proposals.acts import ProposalAct
from proposals.models import Assignment, Cosignature, Proposal
from workflow.models import Event

DECISIONS = (ProposalAct.FILE, ProposalAct.MERGE, ProposalAct.REJECT)


@dataclass(frozen=True)
class Case:
    """A proposal with its co-signers in order, the day and the words of the decision on it.

    `decided_on` is None where an old ledger does not tell.
    """

    proposal: Proposal
    cosigners: tuple[str, ...]
    decided_on: date | None
    reason: str

    @property
    def shares(self) -> list[Assignment]:
        """The units that have it; of a merged case, those of the main one."""
        main = self.proposal.merged_into
        return (main or self.proposal).current_assignments


def read(rows) -> list[Case]:
    """The cases of a queryset of proposals in its order. Seven queries, however many."""
    proposals = list(_with_all(rows))
    decided = _decisions(proposal.pk for proposal in proposals)
    return [_case(proposal, decided.get(proposal.pk)) for proposal in proposals]


def _with_all(rows):
    agreed = Cosignature.objects.agreed().select_related("person").order_by("position", "pk")
    rows = rows.for_detail().select_related(
        "disposition_unit", "rejection_reason", "merged_into__first_proposer", "merged_into__organization"
    )
    return rows.prefetch_related(Prefetch("cosignatures", agreed, to_attr="agreed_cosignatures"))


def _decisions(pks: Iterable[int]) -> dict[int, Event]:
    """The last decision on each case."""
    rows = Event.objects.filter(process="proposal", object_id__in=list(pks), act__in=DECISIONS).order_by("sequence")
    return {event.object_id: event for event in rows}


def _case(proposal: Proposal, event: Event | None) -> Case:
    names = tuple(row.person.name for row in proposal.agreed_cosignatures)
    day = timezone.localdate(event.happened_at) if event else _known_day(proposal)
    return Case(proposal, names, day, event.reason if event else "")


def _known_day(proposal: Proposal) -> date | None:
    return timezone.localdate(proposal.filed_at) if proposal.filed_at else None
