"""Who handles what, and until when: §16B 3, 4, 5 and 11."""

from collections.abc import Iterator

from django.db.models import Count, F, OuterRef, Q, Subquery

from deadlines import book as books
from deadlines.rules import as_date, ceiling, due
from proposals.acts import AssignmentAct
from proposals.clocks import rating_due, start_clocks
from proposals.kinds import AssignmentKind, Origin
from proposals.models import Assignment, Proposal, Rating
from proposals.recomputing import DATES
from proposals.states import AssignmentState, ProposalState
from workflow.models import Event

from .naming import named, owners


def merged_point_to_filed() -> Iterator[str]:
    """A merged proposal points to a filed one, never to another merged one; nobody else points anywhere."""
    pointing = Proposal.objects.filter(merged_into__isnull=False)
    yield from named(Proposal.objects.filter(state=ProposalState.MERGED, merged_into=None), "并案却没有主提案")
    yield from named(pointing.exclude(state=ProposalState.MERGED), "没有并案却指向主提案")
    lost = pointing.exclude(merged_into__state__in=ProposalState.FILED_ON)
    yield from named(lost | pointing.filter(merged_into__merged_into__isnull=False), "主提案不是立案状态")


def units_fit_together() -> Iterator[str]:
    """One 独办, or one 主办 with its 会办, or two and more 分办; nothing else."""
    current = Assignment.objects.current().order_by()
    count = {kind: Count("pk", filter=Q(kind=kind)) for kind in AssignmentKind.values}
    rows = current.values("proposal_id").annotate(**count)
    alone = Q(sole=1, lead=0, assist=0, separate=0)
    together = Q(sole=0, lead=1, assist__gte=1, separate=0)
    apart = Q(sole=0, lead=0, assist=0, separate__gte=2)
    wrong = rows.exclude(alone | together | apart)
    yield from named(Proposal.objects.filter(pk__in=wrong.values("proposal_id")), "承办方式不成立")


def assistants_belong_to_their_lead() -> Iterator[str]:
    assisting = Assignment.objects.current().filter(kind=AssignmentKind.ASSIST)
    at_home = Q(lead__proposal_id=F("proposal_id"), lead__kind=AssignmentKind.LEAD)
    standing = ~Q(lead__state=AssignmentState.RECALLED)
    yield from owners(assisting.exclude(at_home & standing), "会办没有在办的主办")


def only_handed_out_cases_have_units() -> Iterator[str]:
    current = Assignment.objects.current()
    handed_on = Q(state__in=ProposalState.HANDED_ON)
    yield from named(
        Proposal.objects.filter(pk__in=current.values("proposal_id")).exclude(handed_on), "没有交办却有承办单位"
    )
    mine = Proposal.objects.filter(handed_on, origin=Origin.PORTAL)
    yield from named(mine.exclude(pk__in=current.values("proposal_id")), "已交办却没有承办单位")


def dates_follow_the_rules() -> Iterator[str]:
    """Open shares carry the dates that the rules and the calendar of today give for their start."""
    book, wrong = books.load(), []
    shares = Assignment.objects.open().filter(proposal__origin=Origin.PORTAL).select_related("proposal", "unit")
    for share in shares.iterator(chunk_size=2000):
        if any(getattr(share, name) != day for name, day in expected_dates(share, book).items()):
            wrong.append(share.pk)
    yield from owners(Assignment.objects.filter(pk__in=wrong), "办理期限与规则不符")
    waiting = Assignment.objects.filter(
        state=AssignmentState.REPLIED, proposal__state=ProposalState.REPLIED, proposal__origin=Origin.PORTAL
    ).exclude(kind=AssignmentKind.ASSIST)
    anew = Rating.every.filter(
        reply__assignment=OuterRef("pk"),
        reply__round=OuterRef("round"),
        deciding=True,
        late=False,
        voided_at__isnull=False,
    )
    waiting = waiting.annotate(anew=Subquery(anew.order_by("-voided_at").values("voided_at")[:1])).select_related(None)
    late = [s.pk for s in waiting if s.rating_due_on != rating_due(s.anew or s.replied_at)]
    yield from owners(Assignment.objects.filter(pk__in=late), "评价期限与规则不符")


def expected_dates(share: Assignment, book) -> dict:
    if share.round > 1:
        return {"due_on": due("rehandle", share.round_started_at, book=book).on}
    names = ("kind", "first_assigned_at", "decided_due_on", "sign_restarted_at")
    fresh = Assignment(**{name: getattr(share, name) for name in names})
    start_clocks(fresh, share.assigned_at, share.proposal.timing, book=book)
    return {name: getattr(fresh, name) for name in DATES}


def replies_stay_below_six_months() -> Iterator[str]:
    """A first reply is never due later than six months after the first assignment, unless the head set a date then."""
    dated = Assignment.objects.answering().filter(round=1, due_on__isnull=False, proposal__origin=Origin.PORTAL)
    rows = dated.values_list("pk", "first_assigned_at", "due_on")
    wrong = [pk for pk, first, day in rows.iterator(chunk_size=5000) if day > ceiling(as_date(first))]
    set_by_head = Event.objects.filter(process="assignment", act=AssignmentAct.SET_DUE).values("object_id")
    late = Assignment.objects.filter(pk__in=wrong).exclude(decided_due_on__isnull=False, pk__in=set_by_head)
    yield from owners(late, "答复期限超过首次交办后六个月")
