"""What is fetched with commitments, and their named groups."""

from datetime import date

from django.db.models import F, Q

from workflow.querysets import CaseQuerySet

from .commitment_states import CommitmentState


def is_overdue(day: date) -> Q:
    """What was reported as done in time is not late while it waits to be confirmed."""
    reported_late = Q(state=CommitmentState.REPORTED, done_on__gt=F("due_on"))
    return (Q(state=CommitmentState.OPEN) | reported_late) & Q(due_on__lt=day)


class CommitmentQuerySet(CaseQuerySet):
    def for_acting(self):
        return self.select_related(
            "owner", "reply__assignment__unit", "proposal__session__term", "proposal__first_proposer"
        )

    def for_list(self):
        return self.for_acting().select_related("proposal__organization")

    def made(self):
        """Of sent replies, whatever became of them."""
        return self.exclude(state=CommitmentState.DRAFT)

    def waiting_for(self, reply):
        """What the sending of a reply turns: its own drafts, and what is live of the share's other rounds."""
        other = Q(reply__assignment=reply.assignment_id, state__in=CommitmentState.LIVE) & ~Q(reply=reply)
        return self.filter(Q(reply=reply, state=CommitmentState.DRAFT) | other)

    def live(self):
        """Promised and not fulfilled yet, from whatever year."""
        return self.filter(state__in=CommitmentState.LIVE)

    def overdue(self, day: date):
        """Sent and due before the day, not done or reported as done after its date."""
        return self.filter(is_overdue(day))
