"""编号 in one act: a look at the numbers first, then all of them or none (design §6)."""

from collections.abc import Iterable

from django.db import transaction

from proposals.acts import ProposalAct
from proposals.models import NumberSeries, Proposal
from proposals.numbering import case_series, in_numbering_order
from proposals.states import ProposalState
from workflow.engine import perform
from workflow.errors import Refused, TooLate


def waiting(user, session):
    """Filed and not numbered, in the order of the rule."""
    rows = Proposal.objects.visible_to(user).with_roles_of(user).of_session(session)
    rows = rows.filter(state=ProposalState.FILED, serial__isnull=True, ledger_number="")
    rows = rows.select_related("first_proposer", "organization", "business_category", "session__term")
    return in_numbering_order(rows.defer("situation", "search"))


def next_free(session) -> int:
    """The number that the first of them would get now."""
    last = NumberSeries.objects.filter(name=case_series(session)).values_list("last", flat=True).first()
    return (last or 0) + 1


def arranged(rows: list[Proposal], order: Iterable[int]) -> list[Proposal]:
    """The rows as somebody moved them: categories stay in their order, within one the wished order counts."""
    wished = {pk: n for n, pk in enumerate(order)}
    places = {}
    for row in rows:
        places.setdefault(row.business_category_id, len(places))
    return sorted(rows, key=lambda row: (places[row.business_category_id], wished.get(row.pk, len(wished))))


def moved(rows: list[Proposal], pk: int, step: int) -> list[Proposal]:
    """The rows with one of them moved up (-1) or down (1) within its category."""
    rows = list(rows)
    here = next((n for n, row in enumerate(rows) if row.pk == pk), None)
    there = None if here is None else here + step
    if there is None or not 0 <= there < len(rows):
        return rows
    if rows[here].business_category_id == rows[there].business_category_id:
        rows[here], rows[there] = rows[there], rows[here]
    return rows


@transaction.atomic
def number_all(user, session, seen: dict[int, int]) -> list[Proposal]:
    """Number exactly the cases of `seen` (id → version), in its order, and return them; all of them or none.

    Raises TooLate when these are no longer all that wait, and the engine's refusals. The cases are locked before the
    series is touched, as every single numbering does, so two people at once cannot wait for each other.
    """
    list(Proposal._base_manager.filter(pk__in=seen).order_by("pk").select_for_update().values_list("pk"))
    rows = list(waiting(user, session))
    if {row.pk: row.version for row in rows} != seen:
        raise TooLate("待编号的提案刚刚有变化，没有编号。", "请核对新的顺序后再编号。", code="list_changed")
    rows = arranged(rows, seen)
    for row in rows:
        _number(row, user)
    return rows


def _number(row: Proposal, user) -> None:
    try:
        row.serial = perform(ProposalAct.NUMBER, row, user).data["serial"]
    except Refused as refused:
        why = f"《{row}》不能编号：{refused.sentence}全部没有编号。"
        raise Refused(why, refused.next_step, code=refused.code) from refused
