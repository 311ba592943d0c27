"""Files of a proposal: who may fetch them, and keeping them equal to what the writing page shows."""

from collections.abc import Iterable

from django.db import transaction

from documents import scanning
from documents.models import Attachment
from documents.uploads import attach, detach
from members.posts import posts_of
from workflow.querysets import read_case, roles_on

from . import blind
from .models import Assignment, Commitment, Demand, KeyProposal, Proposal, Rating, Reply, Supervision
from .publishing.showing import scan_is_published
from .roles import Role
from .secrecy import recording
from .sections.reader import Reader

PROPOSAL = "proposals.proposal"
PURPOSE = "proposal"  # what a file for a proposal is uploaded as; such files are scanned when they come in
# What came on paper: with its signatures and numbers, for those who signed it and the committee only.
ENTRY = "proposals.entry"
# The decision of the 主席会议; photos and scans of a supervision record; what a unit adds to its report.
KEY, SUPERVISION, DEMAND = "proposals.key", "proposals.supervision", "proposals.demand"

# The sealed letter: instead of the text, what its readers take with them.
REPLY_SCAN = "proposals.reply_scan"
INSIDE = {Role.OPERATOR, Role.UNIT_LEADER, Role.DISPATCH, Role.REVIEWER, Role.STAFF, Role.HEAD}
# The paper form of a rating entered by the committee, under the share it is about: it says what the rating says.
RATING = "proposals.rating"


def proposal_file_visible(user, pk: int, attachment) -> bool:
    """Not for those who read the case only because it is published: an attachment is never published."""
    proposal = read_case(Proposal, pk, user, rows="all")
    return proposal is not None and bool(roles_on(proposal) - {Role.PUBLIC})


def seal_visible(user, pk: int, attachment) -> bool:
    """The signed original is for those who have to do with the case, not for readers of a published one."""
    proposal = read_case(Proposal, pk, user, rows="all")
    return proposal is not None and bool(roles_on(proposal) - {Role.PUBLIC, Role.SUPPORTER})


def entry_file_visible(user, pk: int, attachment) -> bool:
    proposal = read_case(Proposal, pk, user, rows="all")
    if proposal is None:
        return False
    reader = Reader.of(user, proposal)
    return reader.signs or reader.reviews


def assignment_file_visible(user, pk: int, attachment) -> bool:
    return Assignment.objects.visible_to(user).filter(pk=pk).exists()


def commitment_file_visible(user, pk: int, attachment) -> bool:
    """What shows that a promise was kept, for the parties of the case."""
    return Commitment.objects.visible_to(user).filter(pk=pk).exists()


def reply_scan_visible(user, pk: int, attachment) -> bool:
    """Before sending for those who work on the share; then for whoever has to do with the case; outsiders if published."""
    reply = Reply.objects.filter(pk=pk).select_related("assignment").first()
    if reply is None:
        return False
    share = read_case(Assignment, reply.assignment_id, user, rows="all")
    if share is not None and roles_on(share) & INSIDE:
        return True
    proposal = read_case(Proposal, reply.assignment.proposal_id, user, rows="all")
    if proposal is None or reply.sent_at is None:
        return False
    return not Reader.of(user, proposal).is_outside or scan_is_published(attachment, proposal.pk)


def key_file_visible(user, pk: int, attachment) -> bool:
    """The decision of the 主席会议: for who handles the case and who leads it."""
    reader = _reader_of(user, KeyProposal.objects.filter(pk=pk).values("proposal_id"))
    return reader is not None and (reader.handles or reader.leads)


def supervision_file_visible(user, pk: int, attachment) -> bool:
    return _is_readable(user, Supervision.objects.filter(pk=pk).values("proposal_id"), "records", pk)


def demand_file_visible(user, pk: int, attachment) -> bool:
    return _is_readable(user, Demand.objects.filter(pk=pk).values("record__proposal_id"), "demands", pk)


def _is_readable(user, proposal_ids, rows: str, pk: int) -> bool:
    from . import supervision_access  # it asks the reader's sections, which come after files

    proposal = Proposal.objects.visible_to(user).with_roles_of(user).filter(pk__in=proposal_ids).first()
    return (
        proposal is not None
        and getattr(supervision_access, rows)(proposal, Reader.of(user, proposal)).filter(pk=pk).exists()
    )


def _reader_of(user, proposal_ids) -> Reader | None:
    proposal = Proposal.objects.visible_to(user).with_roles_of(user).filter(pk__in=proposal_ids).first()
    return Reader.of(user, proposal) if proposal else None


def rating_file_visible(user, pk: int, attachment) -> bool:
    """For those who may read every rating that came on paper about this share."""
    papers = Rating.every.filter(by_proxy=True, reply__assignment=pk)
    hidden = papers.exclude(pk__in=blind.visible_ratings(user).values("pk"))
    sees_share = Assignment.objects.visible_to(user).filter(pk=pk).exists()
    return (sees_share or blind.sees_all(posts_of(user))) and papers.exists() and not hidden.exists()


def scans_of(proposal: Proposal):
    """The original of a proposal entered by the committee."""
    return Attachment.objects.of(ENTRY, proposal.pk)


def of_proposal(proposal: Proposal):
    return Attachment.objects.of(PROPOSAL, proposal.pk)


@transaction.atomic
def keep(proposal: Proposal, user, ids: Iterable[str]) -> None:
    """Make the proposal's files exactly these; new ones are the user's own uploads.

    Raises ValidationError when one of them cannot be taken. Only for a text the user may write.
    """
    had = {str(pk) for pk in of_proposal(proposal).values_list("pk", flat=True)}
    wanted = list(dict.fromkeys(ids))
    detach(had - set(wanted), PROPOSAL, proposal.pk)
    for file in attach([pk for pk in wanted if pk not in had], user, PROPOSAL, proposal.pk):
        if file.purpose != PURPOSE:  # uploaded for something else, so nobody looked into it
            scanning.scan(file, PURPOSE)
    if had != set(wanted):
        recording.record(proposal, of_proposal(proposal))
