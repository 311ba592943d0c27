"""The lists of 督: the year's 重点提案 with their progress, a leader's cases, the demands that wait for a report."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from deadlines.book import Book
from members.models import Organization
from members.periods import today
from members.posts import posts_of

from .due_signs import DueSign
from .key_querysets import with_progress
from .kinds import KeyStatus, SupervisionForm
from .lateness import waits_for_check
from .lists import Line, lines
from .models import Assignment, Commitment, Demand, KeyProposal, Proposal, Supervision
from .roles import OFFICES, Role
from .sections.supervising import sign_of
from .states import ProposalState

# The committee and the dispatch offices work with these lists; leaders read them.
COMMITTEE_POSTS = ("reviewer", "staff", "head")


def works_on_key(user) -> bool:
    posts = posts_of(user)
    return posts.in_proposal_committee(*COMMITTEE_POSTS) or bool(posts.dispatch_systems())


def may_read_key(user) -> bool:
    return works_on_key(user) or posts_of(user).is_leader


@dataclass(frozen=True)
class KeyLine:
    """One 重点提案 of a list: its entry with the figures of `with_progress`, and the case as lists show it."""

    entry: KeyProposal
    line: Line

    @property
    def proposal(self) -> Proposal:
        return self.line.proposal


def entries_of_year(user, year: int, book: Book) -> list[KeyLine]:
    """Decided ones first, then the candidates; leaders see what was decided. In the order of the case numbers."""
    rows = KeyProposal.objects.alive().filter(year=year)
    rows = rows.standing() if works_on_key(user) else rows.decided()
    found = _lined(_counted_for(rows, works_on_key(user)), user, book)
    return sorted(found, key=lambda one: (not one.entry.is_decided, one.proposal.serial or 0, one.proposal.pk))


def entries_for(user):
    """The entries this user may read, with their progress, for programs; the latest year first."""
    if not may_read_key(user):
        return KeyProposal.objects.none()
    inside = works_on_key(user)
    rows = KeyProposal.objects.alive().filter(proposal__in=Proposal.objects.visible_to(user).values("pk"))
    rows = _counted_for(rows.standing() if inside else rows.decided(), inside)
    return rows.select_related("proposal__session__term").newest_first()


def led_by(user, book: Book) -> list[KeyLine]:
    """What this leader leads or supervises, the latest entry of each case; those that are finished come last."""
    rows = KeyProposal.objects.alive().led_by(posts_of(user).person_id).newest_first()
    broken = overdue_commitments().filter(reply__assignment__proposal=OuterRef("proposal"))
    rows = rows.annotate(broken=_count_by(broken, "reply__assignment__proposal"))
    latest = {one.proposal.pk: one for one in reversed(_lined(_counted_for(rows, True), user, book))}
    return sorted(latest.values(), key=_urgency)


def _urgency(one: KeyLine):
    until = one.line.sign.on.toordinal() if one.line.sign else 0
    return one.proposal.state in ProposalState.FINISHED, not one.entry.late, until or 10**7, one.proposal.pk


def _counted_for(rows, with_instructions: bool):
    """Those who do not handle the cases are not told of 批示, nor how many there are."""
    demands = Demand.objects.all()
    if not with_instructions:
        demands = demands.exclude(record__form=SupervisionForm.INSTRUCTION)
    return with_progress(rows.for_list(), Supervision.objects.all(), demands, today())


def _lined(entries, user, book: Book) -> list[KeyLine]:
    entries = list(entries)
    rows = Proposal.objects.visible_to(user).with_roles_of(user).for_list().with_cosigner_count().defer("situation")
    cases = {line.proposal.pk: line for line in lines(rows.filter(pk__in={e.proposal_id for e in entries}), book)}
    return [KeyLine(entry, cases[entry.proposal_id]) for entry in entries if entry.proposal_id in cases]


def years() -> list[int]:
    """The years that have 重点提案 or candidates, the latest first; this year always."""
    known = KeyProposal.objects.standing().order_by("year").values("year").annotate(n=Count("pk"))
    return sorted({*(row["year"] for row in known), today().year}, reverse=True)


def counts(found: list[KeyLine]) -> dict[str, int]:
    decided = [one for one in found if one.entry.status == KeyStatus.DECIDED]
    return {
        "decided": len(decided), "candidates": len(found) - len(decided),
        "checks": sum(one.entry.checks for one in decided), "late": sum(one.entry.late for one in decided),
    }  # fmt: skip


# --- demands ---------------------------------------------------------------------


@dataclass(frozen=True)
class DemandLine:
    row: Demand
    sign: DueSign | None

    @property
    def proposal(self) -> Proposal:
        return self.row.assignment.proposal


def demands_of(user):
    """The demands that this user has to do with: the committee's all, else those of the shares in reach."""
    clauses = Assignment.role_clauses(user)
    reach = Q(pk__in=[])
    for role in (*OFFICES, Role.REVIEWER, Role.OPERATOR, Role.UNIT_LEADER, Role.LEADING):
        reach |= clauses[role]
    return Demand.objects.valid().filter(assignment__in=Assignment.objects.filter(reach).values("pk"))


def demand_lines(rows, book: Book) -> list[DemandLine]:
    return [DemandLine(row, sign_of(row, book)) for row in rows]


# --- what a leader reads of the county ---------------------------------------------


def behind_by_unit() -> list:
    """The units that are late, with how many `late` shares and overdue `promises` each has; only figures, no case."""
    shares = Assignment.objects.late(today()).filter(~waits_for_check(), unit=OuterRef("pk"))
    shares = shares.filter(proposal__state__in=ProposalState.FILED_ON)
    promises = overdue_commitments().filter(owner=OuterRef("pk"))
    rows = Organization.objects.annotate(late=_count_by(shares, "unit"), promises=_count_by(promises, "owner"))
    return list(rows.filter(Q(late__gt=0) | Q(promises__gt=0)).order_by("-late", "-promises", "pinyin", "pk"))


def _count_by(rows, owner: str):
    counts = rows.order_by().values(owner).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


def overdue_commitments():
    """Promises of replies that were sent, past their date and not done (domain §4.3)."""
    return Commitment.objects.overdue(today())


def overdue_commitments_of(cases: list[KeyLine]) -> list[Commitment]:
    """Asked for only where a case has some: `broken` of its entry."""
    mine = {one.proposal.pk: one.proposal for one in cases if one.entry.broken}
    if not mine:
        return []
    rows = overdue_commitments().filter(reply__assignment__proposal__in=mine)
    found = list(rows.select_related("owner", "reply__assignment").order_by("due_on", "pk"))
    for row in found:
        row.reply.assignment.proposal = mine[row.reply.assignment.proposal_id]
    return found
