"""Category and units for a new proposal, from what was done with the cases like it; each with its reason.

A vote of the similar cases, weighted by how near they are. Two must agree, or one must be very near. What the writer has
chosen is left alone: no other category is offered, and units only as long as there is room.
"""

from collections import defaultdict
from dataclasses import dataclass

from .forms.review import categories
from .kinds import CategorySystem
from .models import Assignment, Proposal
from .similar import STRONG, SimilarCase
from .states import ProposalState
from .units import units_in_force
from .validators import UNITS_MAX

LEAST_SHARE = 0.25  # of the nearness of all that voted


@dataclass(frozen=True)
class Suggestion:
    """`field` is that of the writing page: business_category or units."""

    field: str
    pk: int
    name: str
    reason: str


def suggest(cases: list[SimilarCase], has_category: bool, chosen_units: list[int]) -> list[Suggestion]:
    """At most one category and as many units as still may be chosen. Asks nothing when no case can vote."""
    voters = {case.ref: case for case in cases if _may_vote(case)}
    if not voters:
        return []
    found = [] if has_category else _category(voters)
    room = UNITS_MAX - len(chosen_units)
    return found + ([unit for unit in _units(voters) if unit.pk not in chosen_units][:room] if room > 0 else [])


def _may_vote(case: SimilarCase) -> bool:
    """Cases that were decided, and whose title may be named as the reason."""
    return not case.is_hidden and case.state in ProposalState.KNOWN_TO_WRITERS


def _category(voters: dict[int, SimilarCase]) -> list[Suggestion]:
    rows = Proposal.objects.filter(pk__in=voters, business_category__in=categories(CategorySystem.BUSINESS))
    votes = rows.order_by().values_list("pk", "business_category_id", "business_category__name")
    return _counted("business_category", votes, voters, "当时归入“{}”")[:1]


def _units(voters: dict[int, SimilarCase]) -> list[Suggestion]:
    shares = Assignment.objects.current().answering().filter(proposal__in=voters, unit__in=units_in_force())
    votes = shares.order_by().values_list("proposal_id", "unit_id", "unit__name")
    return _counted("units", votes, voters, "当时由{}承办")


def _counted(field: str, votes, voters: dict[int, SimilarCase], words: str) -> list[Suggestion]:
    """Those with enough support, the strongest first, then the one entered earlier."""
    support: dict[tuple[int, str], set[int]] = defaultdict(set)
    for ref, pk, name in votes:
        support[pk, name].add(ref)
    total = sum(voters[ref].score for ref in {ref for refs in support.values() for ref in refs})
    ranked = []
    for (pk, name), refs in support.items():
        backers = sorted((voters[ref] for ref in refs), key=lambda case: (-case.score, -case.ref))
        weight = sum(case.score for case in backers)
        if (len(backers) > 1 or backers[0].score >= STRONG) and weight >= LEAST_SHARE * total:
            ranked.append((-round(weight, 4), pk, Suggestion(field, pk, name, reason_of(backers, words.format(name)))))
    return [suggestion for _weight, _pk, suggestion in sorted(ranked, key=lambda row: row[:2])]


def reason_of(backers: list, what: str) -> str:
    """与《…》（县政协十届三次会议第 012 号）等 3 件相近，当时归入“…”; of backers with title and number, the nearest first."""
    first, more = backers[0], f"等 {len(backers)} 件" if len(backers) > 1 else ""
    return f"与《{first.title}》（{first.number}）{more}相近，{what}。"
