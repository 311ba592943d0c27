"""Acts of the portal itself that a date brings about."""

from django.db import transaction
from django.utils import timezone

from members.models import Session
from workflow.actors import SYSTEM
from workflow.engine import perform
from workflow.errors import Refused

from .acts import ProposalAct
from .effects.handling import end_what_is_late
from .kinds import AssignmentKind
from .models import Assignment, Proposal
from .states import AssignmentState, ProposalState


def advance_all() -> int:
    """Perform every act that is due now; one that somebody else did meanwhile ends quietly."""
    move_drafts_on()
    due = [
        *((ProposalAct.CLOSE_COSIGNING, case) for case in _cosigning_over()),
        *((ProposalAct.CLOSE_UNRATED, case) for case in _rating_over()),
    ]
    return sum(_try(act, case) for act, case in due) + _opinions_over()


def move_drafts_on() -> int:
    """Texts not yet submitted go with the session whose window has opened since. Returns how many."""
    session = Session.objects.current()
    if session is None:
        return 0
    waiting = Proposal.objects.filter(state__in=ProposalState.PRIVATE, receipt_number__isnull=True)
    waiting = waiting.filter(session__window_opens__lt=session.window_opens)
    waiting = waiting.exclude(state=ProposalState.COSIGNING, cosigning_closes__lt=session.window_opens)
    return waiting.update(session=session, changed_at=timezone.now())


def _cosigning_over():
    return Proposal.objects.filter(state=ProposalState.COSIGNING, cosigning_closes__lt=timezone.now())


def _rating_over():
    late = Assignment.objects.filter(
        state=AssignmentState.REPLIED,
        kind__in=AssignmentKind.ANSWERING,
        rating_due_on__lt=timezone.localdate(),
    )
    return Proposal.objects.filter(state=ProposalState.REPLIED, pk__in=late.values("proposal_id"))


def _opinions_over() -> int:
    """会办 that was open when its lead unit replied, from before the reply itself ended it."""
    left = Assignment.objects.open().filter(lead__state=AssignmentState.REPLIED).order_by()
    return sum(_end_opinions(lead) for lead in Assignment.objects.filter(pk__in=left.values("lead")))


def _end_opinions(lead: Assignment) -> bool:
    try:
        with transaction.atomic():
            end_what_is_late(lead)
    except Refused:
        return False
    return True


def _try(act: str, case: Proposal) -> bool:
    try:
        perform(act, case, SYSTEM)
    except Refused:
        return False
    return True
