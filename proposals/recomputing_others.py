"""When the calendar or a rule changes: the due dates beside those of first-round shares.

A further round after 不满意, the time to rate a reply, and the time to comment on a draft; only what is still open. A
date that was decided stands.
"""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from deadlines import book as books
from deadlines.recompute import Change
from deadlines.rules import due

from .models import Assignment, Rating, Reply
from .states import AssignmentState, ProposalState

FOUND = ("proposal__session__term", "unit")


def recompute_others() -> list[Change]:
    book = books.load()
    return [*_further_rounds(book), *_ratings(book), *_drafts(book)]


def _further_rounds(book) -> list[Change]:
    rows = Assignment.objects.open().filter(round__gt=1, due_on__isnull=False, decided_due_on=None)
    wanted = (
        (share, due("rehandle", share.round_started_at, book=book).on)  # as effects/rating.py begins it
        for share in _locked(rows)
    )
    return _moved(wanted, "due_on", "重新办理")


def _ratings(book) -> list[Change]:
    """From the reply; from the day on which the deciding rating was voided, where that gave the time anew."""
    voided = Rating.every.filter(
        reply__assignment=OuterRef("pk"), reply__round=OuterRef("round"), deciding=True, late=False,
        voided_at__isnull=False,
    )  # fmt: skip
    rows = Assignment.objects.answering().filter(
        state=AssignmentState.REPLIED, proposal__state__in=ProposalState.WITH_UNIT, rating_due_on__isnull=False,
        replied_at__isnull=False,
    )  # fmt: skip
    rows = rows.annotate(anew=Subquery(voided.order_by("-voided_at").values("voided_at")[:1]))
    wanted = ((share, due("rating", share.anew or share.replied_at, book=book).on) for share in _locked(rows))
    return _moved(wanted, "rating_due_on", "评价")


def _drafts(book) -> list[Change]:
    rows = Reply.objects.filter(
        assignment__state=AssignmentState.HANDLING, draft_sent_at__isnull=False, commented_at=None, sent_at=None,
        comment_due_on__isnull=False,
    ).select_related(*(f"assignment__{name}" for name in FOUND))  # fmt: skip
    changes, moved = [], []
    for reply in rows.select_for_update(of=("self",)).order_by("pk"):
        old, reply.comment_due_on = reply.comment_due_on, due("draft_comment", reply.draft_sent_at, book=book).on
        if reply.comment_due_on != old:
            moved.append(reply)
            changes.append(_change(reply.assignment, "对答复稿提意见", old, reply.comment_due_on))
    Reply.objects.bulk_update(moved, ["comment_due_on"], batch_size=500)
    return changes


def _locked(rows):
    return rows.select_related(*FOUND).select_for_update(of=("self",)).order_by("proposal_id", "pk")


def _moved(wanted: Iterator[tuple], name: str, what: str) -> list[Change]:
    changes, moved = [], []
    for share, day in wanted:
        if (old := getattr(share, name)) != day:
            setattr(share, name, day)
            moved.append(share)
            changes.append(_change(share, what, old, day))
    Assignment.objects.bulk_update(moved, [name], batch_size=500)
    return changes


def _change(share: Assignment, what: str, old, new) -> Change:
    return Change(f"{share.proposal.number} {share.unit} {what}", old, new, share.get_absolute_url())
