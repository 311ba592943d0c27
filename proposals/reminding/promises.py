"""Of what a unit owes after its reply or beside it: 承诺事项 and 督办要求."""

from collections.abc import Iterator

from members.models import Post
from notices.reminders.sources import Audience, DueRow, Window
from proposals.commitment_states import CommitmentState
from proposals.models import Commitment, Demand
from proposals.states import AssignmentState, ProposalState
from workflow.asking import Asked

from .rows import number_fields, row_of, superiors, with_key


def commitments(window: Window) -> Asked:
    """They live on when their case is closed. The unit that answered and the one that is to do it both hold them."""
    rows = Commitment.objects.filter(
        state=CommitmentState.OPEN, due_on__lte=window.until, proposal__state__in=ProposalState.HANDED_ON,
        proposal__moved_offline_at=None,
    )  # fmt: skip
    rows = with_key(rows).select_related("owner", "reply__assignment__unit", "proposal__session__term")
    fields = (
        "due_on",
        "owner__system",
        "reply__sent_at",
        "reply__assignment__state",
        "reply__assignment__unit__system",
    )
    rows = rows.order_by().only(*fields, *number_fields("proposal__"))
    return Asked(rows, lambda rows: [due for row in rows for due in _commitment(row, window)])


def _commitment(row: Commitment, window: Window) -> list[DueRow]:
    people = window.people
    share = row.reply.assignment
    units = {row.owner_id, None if share.state == AssignmentState.RECALLED else share.unit_id} - {None}
    told = superiors(row, people, units, (row.owner or share.unit).system)
    told[Audience.HOLDER] = set().union(*(people.at(pk, Post.OPERATOR) for pk in units))
    return row_of(row, "commitment", row.due_on, row.reply.sent_at, row.proposal, row.get_absolute_url(), told, window)


def demands(window: Window) -> Asked:
    rows = Demand.objects.open().filter(
        due_on__lte=window.until, assignment__proposal__state__in=ProposalState.FILED_ON,
        assignment__proposal__moved_offline_at=None,
    )  # fmt: skip
    rows = with_key(rows, "assignment__proposal").select_related(
        "record", "assignment__unit", "assignment__proposal__session__term"
    )
    fields = ("due_on", "record__on", "assignment__unit__system", *number_fields("assignment__proposal__"))
    return Asked(rows.order_by().only(*fields), lambda rows: _demands(rows, window))


def _demands(rows, window: Window) -> Iterator[DueRow]:
    people = window.people
    for row in rows:
        share = row.assignment
        told = superiors(row, people, {share.unit_id}, share.unit.system)
        told[Audience.HOLDER] = people.at(share.unit_id, Post.OPERATOR)
        url = share.get_absolute_url()
        yield from row_of(row, "demand", row.due_on, row.record.on, share.proposal, url, told, window, kind="demand")
