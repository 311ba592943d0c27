"""Which units would suit each case of a page: the proposer's wish, the reviewers' view, and past assignments of cases
like it, each with its reason. A fixed number of queries for any number of rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Value

from proposals.compared import KIND
from proposals.models import Assignment, Proposal, Review
from proposals.states import ProposalState
from proposals.suggesting import reason_of
from search import similar

SHOWN = 3
ALONE = 0.35  # how near one case must be whose unit is proposed without a second one
LEAST_SHARE = 0.25


@dataclass(frozen=True)
class Backer:
    ref: int
    score: float
    title: str
    number: str


@dataclass(frozen=True)
class Proposed:
    unit_id: int
    name: str
    reason: str


@dataclass
class Suited:
    """Units by name, in force: what the proposer wishes, what the review recommends, what cases like it went to."""

    wished: list[str] = field(default_factory=list)
    reviewed: list[str] = field(default_factory=list)
    proposed: list[Proposed] = field(default_factory=list)

    def first_choice(self) -> list[str]:
        """What stands in the row at first: the review's units, else the wish, else the best of the past."""
        return self.reviewed or self.wished or [one.name for one in self.proposed[:1]]


def suited(user, rows: Iterable[Proposal], units: dict[int, str], own: dict[int, str]) -> dict[int, Suited]:
    """Proposal → what suits it; `units`: those in force, `own`: those to which this person hands out."""
    found = {row.pk: Suited() for row in rows}
    for pk, (wished, reviewed) in _named(found, units).items():
        found[pk].wished, found[pk].reviewed = wished, reviewed
    for pk, proposed in _from_the_past(user, found, own).items():
        found[pk].proposed = proposed
    return found


def _named(pks: Iterable[int], units: dict[int, str]) -> dict[int, tuple[list[str], list[str]]]:
    """What the proposer wishes, and what the last review that names units recommends; one query for both.

    Neither has an order of its own: the units stand as in official lists.
    """
    pks, wish = list(pks), Value(0, output_field=BigIntegerField())
    places = {pk: place for place, pk in enumerate(units)}
    wished = Proposal.suggested_units.through.objects.filter(proposal_id__in=pks)
    reviewed = Review.units.through.objects.filter(review__proposal_id__in=pks)
    rows = wished.values_list("proposal_id", wish, "organization_id").union(
        reviewed.values_list("review__proposal_id", "review_id", "organization_id")
    )
    by_case: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pk, source, unit in sorted(rows, key=lambda row: places.get(row[2], 0)):
        by_case[pk][source] += [units[unit]] if unit in places else []
    return {pk: (named[0], named[max(named)] if any(named) else []) for pk, named in by_case.items()}


def _from_the_past(user, pks: Iterable[int], units: dict[int, str]) -> dict[int, list[Proposed]]:
    handed = Proposal.objects.visible_to(user).filter(state__in=ProposalState.HANDED_ON).order_by()
    near = similar.closest_of_many(KIND, list(pks), handed.values("pk"))
    refs = {one.object_id for found in near.values() for one in found}
    if not refs:
        return {}
    shares: dict[int, list[Assignment]] = defaultdict(list)
    for share in _shares(refs, units):
        shares[share.proposal_id].append(share)
    return {pk: _voted(found, shares, units) for pk, found in near.items()}


def _shares(refs: set[int], units: dict[int, str]):
    rows = Assignment.objects.current().answering().filter(proposal__in=refs, unit__in=list(units))
    rows = rows.select_related("proposal__session__term").order_by("position", "pk")
    return rows.defer("proposal__situation", "proposal__search")


def _voted(near: list, shares: dict[int, list[Assignment]], units: dict[int, str]) -> list[Proposed]:
    """Those with enough support, the strongest first."""
    backers: dict[int, list[Backer]] = defaultdict(list)
    for one in near:
        for share in shares.get(one.object_id, ()):
            case = share.proposal
            backers[share.unit_id].append(Backer(case.pk, one.score, str(case), case.number))
    total = sum(one.score for one in near if one.object_id in shares)
    ranked = sorted(backers.items(), key=lambda pair: (-sum(b.score for b in pair[1]), pair[0]))
    return [
        Proposed(unit, units[unit], reason_of(found, f"当时由{units[unit]}承办"))
        for unit, found in ranked
        if (len(found) > 1 or found[0].score >= ALONE) and sum(b.score for b in found) >= LEAST_SHARE * total
    ][:SHOWN]
