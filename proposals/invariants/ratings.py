"""评: who rated, and what follows: §16B 7 and 8."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q

from documents.models import Attachment
from members.models import Appointment, Post
from proposals.attachments import RATING
from proposals.kinds import Origin, Satisfaction
from proposals.models import Cosignature, Proposal, Rating, TripartiteMeeting
from proposals.ratings import MAX_ROUNDS
from proposals.states import AssignmentState, CosignatureState, ProposalState

from .naming import named, owners

CASE = "reply__assignment__proposal"


def _ratings():
    """The ratings of the portal's own cases."""
    return Rating.objects.filter(**{f"{CASE}__origin": Origin.PORTAL})


def raters_are_proposers() -> Iterator[str]:
    """The deciding rating is the first proposer's, for a collective one of its contacts' (or of whoever drafted)."""
    body = OuterRef(f"{CASE}__organization")
    contacts = Appointment.objects.filter(
        Q(organization=body) | Q(organization__predecessors=body),
        post__in=(Post.CONTACT, Post.CONVENER),
        person=OuterRef("person"),
    )
    first = Q(**{f"{CASE}__first_proposer": F("person")})
    collective = Q(**{f"{CASE}__organization__isnull": False})
    by_contact = collective & (Exists(contacts) | Q(**{f"{CASE}__drafter": F("person")}))
    yield from owners(_ratings().filter(deciding=True).exclude(first | by_contact), "起决定作用的评价不是提案人的")
    signed = Cosignature.objects.filter(
        proposal=OuterRef(CASE), person=OuterRef("person"), state=CosignatureState.AGREED
    )
    yield from owners(_ratings().filter(deciding=False).exclude(Exists(signed)), "评价人不是联名人")


def accounts_rate_for_themselves() -> Iterator[str]:
    """Only 代录 is entered by somebody else."""
    own = Q(by_proxy=True) | Q(entered_by__person=F("person"))
    yield from owners(_ratings().exclude(own), "评价不是由评价人本人的账号录入")


def paper_ratings_have_a_scan() -> Iterator[str]:
    scans = Attachment.objects.filter(
        subject__in=("proposals.assignment", RATING), subject_id=OuterRef("reply__assignment")
    )
    yield from owners(_ratings().filter(by_proxy=True).exclude(Exists(scans)), "代录的评价没有扫描件")


def dissatisfied_lead_on() -> Iterator[str]:
    """不满意 opens the next round or leads to a recorded meeting; only a rating after 逾期未评 stays without."""
    bad = Q(attitude=Satisfaction.DISSATISFIED) | Q(result=Satisfaction.DISSATISFIED)
    decided = _ratings().filter(bad, deciding=True)
    met = Exists(TripartiteMeeting.objects.filter(proposal=OuterRef(CASE), recorded_at__gte=OuterRef("at")))
    reopened = Q(reply__assignment__round__gt=F("reply__round"))
    in_time = decided.exclude(**{f"{CASE}__closed_unrated": True, "late": True})
    open_end = in_time.exclude(reopened | met).exclude(reply__assignment__state=AssignmentState.RECALLED)
    yield from owners(open_end.filter(reply__round__lt=MAX_ROUNDS), "不满意却没有重新办理")
    to_the_table = Q(**{f"{CASE}__state": ProposalState.TRIPARTITE})
    yield from owners(open_end.filter(reply__round__gte=MAX_ROUNDS).exclude(to_the_table), "两轮不满意却没有三方会商")


def closed_are_rated_or_marked() -> Iterator[str]:
    """办结: every answering share is rated by the first proposer, or the case says 逾期未评."""
    rated = Rating.objects.filter(deciding=True, reply__assignment=OuterRef("pk"), reply__round=OuterRef("round"))
    closed = Proposal.objects.filter(state=ProposalState.CLOSED, origin=Origin.PORTAL)
    shares = closed.model._meta.get_field("assignments").related_model.objects.answering().current()
    silent = shares.filter(proposal__in=closed.filter(closed_unrated=False)).exclude(Exists(rated))
    yield from owners(silent, "没有评价却按已评价办结")
    yield from named(closed.filter(closed_at__isnull=True), "办结却没有办结时间")
    yield from named(
        Proposal.objects.filter(closed_at__isnull=False).exclude(state=ProposalState.CLOSED), "没有办结却有办结时间"
    )
