"""What all rows of proposals have in common."""

from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from deadlines.rules import as_date
from members.everybody import Everybody
from members.models import Post
from notices.reminders.sources import Audience, DueRow, Window
from proposals.models import KeyProposal, Proposal

# What `Proposal.number` and the rules ask of a case; its texts stay in the database.
NUMBER = ("session__ordinal", "session__term__number", "serial", "ledger_number", "receipt_number", "timing", "state")


def number_fields(path: str = "") -> list[str]:
    return [f"{path}{name}" for name in NUMBER]


def with_key(rows, path: str = "proposal"):
    """`key_leader`, `key_supervisor`: who answers for the case at the end of `path` now, by its decided 重点提案 entry."""
    entry = KeyProposal.objects.decided().filter(proposal=OuterRef(path)).newest_first()
    return rows.annotate(
        key_leader=Subquery(entry.values("leader_id")[:1]), key_supervisor=Subquery(entry.values("supervisor_id")[:1])
    )


def proposing(proposal: Proposal, people: Everybody) -> set[int]:
    """The first proposer; of a collective's case its contacts and conveners of today."""
    if proposal.first_proposer_id:
        return people.persons([proposal.first_proposer_id])
    return people.at(proposal.organization_id, Post.CONTACT, Post.CONVENER)


def superiors(row, people: Everybody, unit_ids: set[int], system: str) -> dict[str, set[int]]:
    """To whom lateness is reported, of a row read `with_key`."""
    return {
        Audience.UNIT_LEADER: set().union(*(people.at(pk, Post.UNIT_LEADER) for pk in unit_ids)),
        Audience.DISPATCH: people.dispatch(system),
        Audience.LEADING: people.leading((row.key_leader, row.key_supervisor)),
    }


def row_of(  # noqa: PLR0913 (one row of what is due, every part by name)
    case, step: str, due_on: date | None, start: date | datetime | None, proposal: Proposal, url: str,
    people: dict[str, set[int]], window: Window, *, kind: str = "", waiting: bool = False, private: bool = False,
) -> list[DueRow]:  # fmt: skip
    """One row, or none for a date that is not set or lies beyond the window."""
    if due_on is None or due_on > window.until:
        return []
    return [
        DueRow(
            case_kind=kind or case.process_name, case_id=case.pk, step=step, due_on=due_on,
            started_on=as_date(start) if start else due_on, number=proposal.number, url=url, people=people,
            rule_kind=proposal.timing, waiting=waiting, private=private,
        )
    ]  # fmt: skip
