"""The cases that wait to be handed out, as far as a person may hand them out."""

from django.db.models import Count, Q

from members.models import System
from members.posts import posts_of
from proposals.models import Proposal
from proposals.roles import COMMITTEE, Role
from proposals.states import ProposalState

NOBODY = "none"
NUMBERED = Q(serial__isnull=False) | ~Q(ledger_number="")


def may_assign(user) -> bool:
    posts = posts_of(user)
    return posts.in_proposal_committee("staff", "head") or bool(posts.dispatch_systems())


def waiting(user):
    """Filed and numbered, not with any unit yet, in the order of their numbers."""
    clauses = Proposal.role_clauses(user)
    mine = clauses[Role.DISPATCH]
    for role in COMMITTEE:
        mine |= clauses[role]
    rows = Proposal.objects.filter(mine, NUMBERED, state=ProposalState.FILED)
    return rows.order_by("session__term__number", "session__ordinal", "serial", "ledger_number", "pk")


def of_system(rows, system: str):
    """Those for which the proposer wishes a unit of this system, or no unit at all."""
    if system == NOBODY:
        return rows.filter(suggested_units=None)
    if system not in System.values:
        return rows
    wished = Proposal.suggested_units.through.objects.filter(organization__system=system)
    return rows.filter(pk__in=wished.values("proposal_id"))


def figures(user) -> tuple[int, list[tuple[str, str, int]]]:
    """How many wait, and (key, name, how many) by the system of the units that their proposers wish; one query."""
    wished = {system: Count("pk", filter=Q(suggested_units__system=system), distinct=True) for system in System.values}
    rows = waiting(user).order_by()
    found = rows.aggregate(
        total=Count("pk", distinct=True), none=Count("pk", filter=Q(suggested_units=None), distinct=True), **wished
    )
    names = [*System.choices, (NOBODY, "没有建议单位")]
    return found["total"], [(key, name, found[key]) for key, name in names if found[key]]
