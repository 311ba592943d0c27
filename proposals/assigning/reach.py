"""What was handed out, as far as a person's office has to do with it: the unit's own, the dispatch office's, all."""

from functools import reduce
from operator import or_

from proposals.models import Assignment
from proposals.roles import HANDLERS, REVIEWERS
from workflow.querysets import NEVER


def handed_out(user):
    """The current shares; none for those who only proposed the cases."""
    clauses = Assignment.role_clauses(user)
    mine = [clauses[role] for role in (*HANDLERS, *REVIEWERS) if clauses[role] != NEVER]
    if not mine:
        return Assignment.objects.none()
    return Assignment.objects.current().filter(reduce(or_, mine), proposal__moved_offline_at=None)


def works_with_shares(user) -> bool:
    clauses = Assignment.role_clauses(user)
    return any(clauses[role] != NEVER for role in (*HANDLERS, *REVIEWERS))
