"""What an organization leaves open among the proposals, for its 撤并 (members.succession)."""

from django.db.models import Q

from members.models import Organization
from members.succession import Heir, Succession, register
from workflow.actors import SYSTEM
from workflow.engine import perform

from .acts import ProposalAct
from .kinds import Disposition
from .models import Assignment, Commitment, Proposal
from .states import AssignmentState, ProposalState


def _shares(body: Organization):
    """Those not answered, and those answered whose case is still open: 不满意 would bring them back."""
    of_body = Assignment.objects.filter(unit=body)
    waiting = Q(state=AssignmentState.REPLIED) & ~Q(proposal__state__in=ProposalState.FINISHED)
    return of_body.filter(Q(state__in=AssignmentState.OPEN) | waiting)


def _promises(body: Organization):
    return Commitment.objects.live().filter(owner=body)


def _suggestions(body: Organization):
    """意见建议 that it has not acknowledged."""
    return Proposal.objects.filter(
        state=ProposalState.NOT_FILED, disposition=Disposition.SUGGESTION, disposition_unit=body,
        converted_at__isnull=True,
    )  # fmt: skip


def _own_proposals(body: Organization):
    return Proposal.objects.filter(organization=body).exclude(state__in=ProposalState.FINISHED)


def _cases(body: Organization):
    """Every case that has to know, once each."""
    promised = _promises(body).values("proposal_id")
    return Proposal.objects.for_acting().filter(
        Q(pk__in=_shares(body).order_by().values("proposal_id"))
        | Q(pk__in=promised)
        | Q(pk__in=_suggestions(body).values("pk"))
        | Q(pk__in=_own_proposals(body).values("pk"))
    )


def heir_of(share: Assignment) -> Organization | None:
    """The unit that takes the next round of a share whose unit was merged into it; None while the unit is there.

    A unit that has a share of its own in the case answers the other one beside it.
    """
    heir = share.unit.successor
    if heir is None or share.proposal.assignments.current().filter(unit=heir).exists():
        return None
    return heir


def _hand_over(succession: Succession) -> None:
    for case in _cases(succession.old).order_by("pk"):
        perform(ProposalAct.SUCCEED, case, SYSTEM, {"succession": succession})


def register_own() -> None:
    matters = {
        "没有办完的提案": lambda body: _shares(body).count(),
        "没有兑现的承诺事项": lambda body: _promises(body).count(),
        "没有签收的意见建议": lambda body: _suggestions(body).count(),
        "没有办结的集体提案": lambda body: _own_proposals(body).count(),
    }
    register(Heir(matters, _hand_over))
