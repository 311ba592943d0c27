"""How a case at fault is named."""

from collections.abc import Iterator

from proposals.models import Proposal


def named(proposals, what: str) -> Iterator[str]:
    """One sentence for each of these proposals: its number, its key, what is wrong.

    Only keys are asked first: nearly always there are none, and a whole row takes longer to ask for than to find missing.
    """
    yield from _sentences(list(proposals.order_by().values_list("pk", flat=True)), what)


def owners(children, what: str) -> Iterator[str]:
    """The same for the proposals to which these assignments, replies or ratings belong."""
    path = {
        "assignment": "proposal_id",
        "cosignature": "proposal_id",
        "changerequest": "proposal_id",
        "extensionrequest": "proposal_id",
        "reply": "assignment__proposal_id",
    }
    field = path.get(children.model._meta.model_name, "reply__assignment__proposal_id")
    yield from _sentences(list(children.order_by().values_list(field, flat=True)), what)


def _sentences(pks: list[int], what: str) -> Iterator[str]:
    at_fault = Proposal.objects.filter(pk__in=pks).select_related("session__term").order_by("pk")
    for proposal in at_fault if pks else ():
        yield f"{proposal.number}（编号 {proposal.pk}）：{what}"
