"""How far a proposal has come on its way 提 立 办 督 评, and what stands under each step."""

from django.utils import timezone
from django.utils.formats import date_format

from proposals.models import Proposal
from proposals.states import ProposalState as P

AT = {
    P.DRAFT: "提", P.COSIGNING: "提", P.RETURNED: "提", P.SUBMITTED: "立", P.REVIEWED: "立",
    P.NOT_FILED: "立", P.MERGED: "立", P.FILED: "办", P.HANDLING: "办", P.REPLIED: "评",
    P.TRIPARTITE: "评", P.CLOSED: "结",
}  # fmt: skip
ENDED = {P.NOT_FILED: "不予立案", P.MERGED: "已并案", P.WITHDRAWN: "已撤案"}


def way(proposal: Proposal) -> dict:
    """The props of the steps component: current, notes, ended."""
    state = P(proposal.state)
    current = AT.get(state) or ("立" if proposal.submitted_at else "提")
    return {
        "current": current,
        "notes": _notes(proposal, state),
        "ended": "已转线下" if proposal.moved_offline_at else ENDED.get(state, ""),
    }


def _notes(proposal: Proposal, state: P) -> dict[str, str]:
    notes = {
        "提": _on(proposal.submitted_at, "提交"),
        "立": _on(proposal.filed_at, "立案"),
        "办": _handling(proposal, state),
        "评": _on(proposal.closed_at, "办结"),
    }
    if state == P.RETURNED:
        notes["提"] = "退回修改"
    return {mark: note for mark, note in notes.items() if note}


def _handling(proposal: Proposal, state: P) -> str:
    """A further round has no reply yet, whatever the round before it had."""
    replied = "" if state == P.HANDLING else _on(proposal.replied_at, "答复")
    return replied or _on(proposal.assigned_at, "交办")


def _on(moment, word: str) -> str:
    return f"{date_format(timezone.localdate(moment))}{word}" if moment else ""
