"""Which supervision records, 批示 and demands one reader of a case may see (design §7: fields of an audience)."""

from django.db.models import Exists, OuterRef, Q

from workflow.querysets import NEVER

from .kinds import SupervisionForm
from .models import Assignment, Demand, Proposal, Supervision
from .roles import REVIEWERS, Role
from .sections.reader import UNIT, Reader

IS_INSTRUCTION = Q(form=SupervisionForm.INSTRUCTION)
ASKS_NOBODY = ~Exists(Demand.objects.filter(record=OuterRef("pk")))


def records(proposal: Proposal, reader: Reader):
    """The committee also sees what was voided. A 批示 is for the offices, the leaders of this case and the units it asks;
    one written before 交办 asks nobody and is for all units of the case;
    for who signed the proposal only where it may be told them; for other leaders not at all."""
    rows = Supervision.objects.filter(proposal=proposal)
    if reader.reviews:
        return rows
    if reader.holds(Role.DISPATCH, Role.LEADING):
        return rows.valid()
    seen = NEVER
    if reader.holds(*UNIT):
        asked = Demand.objects.filter(assignment__in=own_shares(proposal, reader)).values("record_id")
        seen |= ~IS_INSTRUCTION | Q(pk__in=asked) | ASKS_NOBODY
    if reader.signs:
        seen |= Q(tells_proposer=True)
    if reader.holds(Role.LEADER):
        seen |= ~IS_INSTRUCTION
    return rows.valid().filter(seen)


def demands(proposal: Proposal, reader: Reader):
    """A unit reads what it is asked itself, a dispatch office what its units are asked."""
    rows = Demand.objects.filter(record__in=records(proposal, reader))
    if reader.signs or reader.holds(*REVIEWERS, Role.LEADING, Role.LEADER):
        return rows
    return rows.filter(assignment__in=own_shares(proposal, reader))


def own_shares(proposal: Proposal, reader: Reader):
    """The shares that this reader works on or answers for."""
    clauses = Assignment.role_clauses(reader.user)
    mine = clauses[Role.OPERATOR] | clauses[Role.UNIT_LEADER] | clauses[Role.DISPATCH]
    return Assignment.objects.filter(mine, proposal=proposal).values("pk")


def sees_key(reader: Reader) -> bool:
    """That a case is a 重点提案, and who leads it, is known to all who have to do with it."""
    return not reader.is_outside


def sees_candidates(reader: Reader) -> bool:
    return reader.reviews or reader.holds(Role.DISPATCH)
