"""What the pages that list proposals show: the choices of the filter and one line for each row."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from deadlines.book import Book
from members.models import Organization, Session
from members.posts import Posts
from workflow.querysets import roles_on

from .due_signs import DueSign
from .kinds import CategorySystem
from .models import Category, Proposal
from .roles import REVIEWERS, Role
from .standing import Standing, standing
from .states import TONES, ProposalState


@dataclass(frozen=True)
class Line:
    """One proposal in a list. `signs`: marks of secrecy found at submission, for the reviewers."""

    proposal: Proposal
    standing: Standing
    sign: DueSign | None
    units: str
    who: str
    signs: list[str] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return TONES[self.proposal.state]


def lines(rows: Iterable[Proposal], book: Book) -> list[Line]:
    """Rows that came from `for_list().with_cosigner_count()`; asks the database nothing more."""
    return [_line(row, book) for row in rows]


def _line(row: Proposal, book: Book) -> Line:
    roles = roles_on(row)
    if roles == {Role.PUBLIC}:
        row.title = row.published_title or ""
    now = standing(row)
    units = "、".join(str(share.unit) for share in row.current_assignments)
    signs = row.secrecy_signs if roles & set(REVIEWERS) else []
    return Line(row, now, now.sign(book), units, proposers(row, row.cosigner_count or 0), signs)


def proposers(proposal: Proposal, cosigners: int) -> str:
    """周明远, or 周明远等 5 人 when others signed too."""
    return f"{proposal.proposer_name}等 {cosigners + 1} 人" if cosigners else proposal.proposer_name


@dataclass(frozen=True)
class Stage:
    """A queue of the committee: `key` is a value of the filter's `state`."""

    key: str
    label: str
    rows: Q


STAGES = (
    Stage("submitted", "待审查", Q(state=ProposalState.SUBMITTED)),
    Stage("reviewed", "待审定", Q(state=ProposalState.REVIEWED)),
    Stage("to_number", "待编号", Q(state=ProposalState.FILED, serial__isnull=True)),
    Stage("to_assign", "待交办", Q(state=ProposalState.FILED, serial__isnull=False)),
    Stage("handling", "办理中", Q(state=ProposalState.HANDLING)),
    Stage("replied", "待评价", Q(state=ProposalState.REPLIED)),
)
FROM_DISPATCH = 3


def stages_of(posts: Posts) -> tuple[Stage, ...]:
    """The queues a person works on: the committee's all, the dispatch office's from 交办 on, others none."""
    if posts.in_proposal_committee("head", "staff", "reviewer"):
        return STAGES
    return STAGES[FROM_DISPATCH:] if posts.dispatch_systems() else ()


def choices() -> dict[str, list[tuple[str, str]]]:
    """The choices of the filter by field: session, category, unit."""
    return {
        "session": _named(Session.objects.select_related("term")),
        "category": _named(Category.objects.filter(system=CategorySystem.BUSINESS)),
        "unit": _named(Organization.objects.units().order_by("pinyin", "pk")),
    }


def _named(rows) -> list[tuple[str, str]]:
    return [(str(row.pk), str(row)) for row in rows]
