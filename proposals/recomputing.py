"""When the calendar or a rule changes: the due dates of open shares, by today's book."""

from deadlines import book as books
from deadlines.recompute import Change

from .clocks import start_clocks
from .models import Assignment

DATES = ("sign_due_on", "return_due_on", "contact_due_on", "due_on", "original_due_on")


def recompute_open() -> list[Change]:
    """Set the dates of open first-round shares anew; returns those that moved.

    A further round keeps its date; a row of an old ledger without a date gets none.
    """
    book = books.load()
    shares = (
        Assignment.objects.open()
        .filter(round=1, due_on__isnull=False)
        .select_related("proposal__session__term", "unit")
    )
    changes, moved = [], []
    for share in shares.select_for_update(of=("self",)).order_by("proposal_id", "pk"):
        old = {name: getattr(share, name) for name in DATES}
        start_clocks(share, share.assigned_at, share.proposal.timing, book=book)
        if any(getattr(share, name) != old[name] for name in DATES):
            moved.append(share)
            changes.append(
                Change(f"{share.proposal.number} {share.unit}", old["due_on"], share.due_on, share.get_absolute_url())
            )
    Assignment.objects.bulk_update(moved, DATES, batch_size=500)
    return changes
