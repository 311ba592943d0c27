"""Of co-signers: the answer to an invitation, and their own rating of a reply."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from notices.reminders.sources import Audience, DueRow, Window
from proposals.kinds import AssignmentKind
from proposals.models import Assignment, Cosignature, Rating
from proposals.states import AssignmentState, ProposalState
from workflow.asking import Asked

from .rows import number_fields, row_of


def invited(window: Window) -> Asked:
    """Of a text that nobody but its writers may know of; it has no number yet."""
    rows = Cosignature.objects.open().filter(
        proposal__state=ProposalState.COSIGNING, proposal__cosigning_closes__gte=timezone.now()
    )
    rows = rows.select_related("proposal__session__term")
    fields = ("person_id", "invited_at", "proposal__cosigning_closes", *number_fields("proposal__"))
    return Asked(rows.order_by().only(*fields), lambda rows: _invited(rows, window))


def _invited(rows, window: Window) -> Iterator[DueRow]:
    for row in rows:
        theirs = {Audience.HOLDER: window.people.persons([row.person_id])}
        closes = timezone.localdate(row.proposal.cosigning_closes)
        url = row.proposal.get_absolute_url()
        yield from row_of(row, "cosign", closes, row.invited_at, row.proposal, url, theirs, window, private=True)


def to_rate(window: Window) -> Asked:
    """A co-signer's rating does not decide; who gave one once, even if it was voided, is not asked again."""
    given = Rating.every.filter(
        reply__assignment=OuterRef("pk"), reply__round=OuterRef("round"), person=OuterRef("cosigner")
    )
    rows = Assignment.objects.filter(
        state=AssignmentState.REPLIED, kind__in=AssignmentKind.ANSWERING, rating_due_on__gte=window.today,
        proposal__state__in=ProposalState.WITH_UNIT, proposal__cosignatures__in=Cosignature.objects.agreed(),
        proposal__moved_offline_at=None,
    )  # fmt: skip
    rows = rows.annotate(cosigner=F("proposal__cosignatures__person_id")).filter(~Exists(given))
    rows = rows.select_related("proposal__session__term")
    rows = rows.order_by().only("rating_due_on", "replied_at", *number_fields("proposal__"))
    return Asked(rows, lambda rows: _to_rate(rows, window))


def _to_rate(rows, window: Window) -> Iterator[DueRow]:
    for row in rows:
        theirs = {Audience.HOLDER: window.people.persons([row.cosigner])}
        url = row.get_absolute_url()
        yield from row_of(row, "rating", row.rating_due_on, row.replied_at, row.proposal, url, theirs, window)
