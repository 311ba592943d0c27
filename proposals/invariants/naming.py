"""How a case at fault is named."""

from collections.abc import Iterator

from proposals.models import Proposal


def named(proposals, what: str) -> Iterator[str]:
    """One sentence for each of these proposals: its number, its key, what is wrong."""
    for proposal in proposals.select_related("session__term").order_by("pk"):
        yield f"{proposal.number}（编号 {proposal.pk}）：{what}"


def owners(children, what: str) -> Iterator[str]:
    """The same for the proposals to which these assignments, replies or ratings belong."""
    path = {
        "assignment": "proposal_id",
        "cosignature": "proposal_id",
        "changerequest": "proposal_id",
        "extensionrequest": "proposal_id",
        "reply": "assignment__proposal_id",
    }
    pks = children.order_by().values(path.get(children.model._meta.model_name, "reply__assignment__proposal_id"))
    yield from named(Proposal.objects.filter(pk__in=pks), what)
