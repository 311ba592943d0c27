"""Which review group a proposal falls to, and who reviews for it (domain §2.1)."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q

from .models import GroupReviewer, Proposal, ReviewGroup

REST, REST_NAME = "rest", "综合组"


@dataclass(frozen=True)
class Group:
    """`key` stands in addresses. A group without reviewers is everybody's."""

    key: str
    name: str
    takes_rest: bool = False
    categories: frozenset[int] = field(default_factory=frozenset)
    reviewers: frozenset[int] = field(default_factory=frozenset)

    def is_of(self, user) -> bool:
        return user.person_id in self.reviewers

    def is_outside(self, user) -> bool:
        """Whether the group has reviewers of its own and this is none of them."""
        return bool(self.reviewers) and not self.is_of(user)


def groups_of(session) -> list[Group]:
    """The session's own groups, else the standing ones, in two queries; the last takes what no other takes."""
    rows = ReviewGroup.objects.filter(Q(session=session) | Q(session__isnull=True), active=True)
    rows = rows.order_by("order", "pk").values_list("pk", "name", "takes_rest", "session_id", "categories__category_id")
    own = [row for row in rows if row[3]] or list(rows)
    categories = defaultdict(set)
    for pk, *_, category in own:
        categories[pk].add(category)
    named = {pk: (name, takes_rest) for pk, name, takes_rest, *_ in own}
    reviewers = _reviewers(named)
    groups = [
        Group(str(pk), name, rest, frozenset(categories[pk] - {None}), frozenset(reviewers[pk]))
        for pk, (name, rest) in named.items()
    ]
    return groups if any(group.takes_rest for group in groups) else [*groups, Group(REST, REST_NAME, takes_rest=True)]


def _reviewers(ids) -> dict[int, set[int]]:
    found = defaultdict(set)
    for group, person in GroupReviewer.objects.filter(group__in=list(ids)).values_list("group_id", "person_id"):
        found[group].add(person)
    return found


def group_for(groups: list[Group], category_id: int | None) -> Group:
    """The first group of the category; what has none, or one of no group, goes to the first that takes the rest."""
    for group in groups:
        if category_id is not None and category_id in group.categories:
            return group
    return next(group for group in groups if group.takes_rest)


def group_of(proposal: Proposal) -> Group:
    return group_for(groups_of(proposal.session), proposal.business_category_id)


def rows_of(groups: list[Group], chosen: list[Group]) -> Q:
    """The proposals that fall to the chosen ones of these groups."""
    found = Q(pk__in=[])
    for group in chosen:
        mine = {pk for pk in group.categories if group_for(groups, pk) == group}
        found |= Q(business_category_id__in=mine)
        if group == group_for(groups, None):
            taken = {pk for one in groups for pk in one.categories}
            found |= Q(business_category__isnull=True) | ~Q(business_category_id__in=taken)
    return found
