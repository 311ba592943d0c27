"""Model permissions of the admin, derived from posts; apps register their own in ready()."""

from collections import defaultdict

from .posts import COMMITTEE, Held, Posts

# Staff and heads of 提案委; its reviewers; staff of the office and the other committees; dispatch offices.
COMMITTEE_STAFF, REVIEWER, OFFICE_STAFF, DISPATCH = "committee_staff", "reviewer", "office_staff", "dispatch"

# Why somebody has the capacity, for the page that explains rights; a duty is its own title.
TITLES = {
    COMMITTEE_STAFF: "提案委员会负责人或工作人员", REVIEWER: "提案委员会审查员",
    OFFICE_STAFF: "政协机关或其他专委会的负责人、工作人员", DISPATCH: "交办机构的负责人、工作人员、审查员",
}  # fmt: skip

_granted: dict[str, set[str]] = defaultdict(set)


def grant(capacity: str, *permissions: str) -> None:
    """Give every holder of the capacity (or administrator duty) these "app.action_model" rights."""
    _granted[capacity].update(permissions)


def capacities(posts: Posts) -> set[str]:
    """The capacities that count for the admin."""
    found = set(posts.duties)
    if posts.in_proposal_committee("head", "staff"):
        found.add(COMMITTEE_STAFF)
    if posts.in_proposal_committee("reviewer"):
        found.add(REVIEWER)
    if any(_works_in_house(held) for held in posts.held):
        found.add(OFFICE_STAFF)
    if posts.dispatch_systems():
        found.add(DISPATCH)
    return found


def _works_in_house(held: Held) -> bool:
    return held.kind in ("office", "committee") and held.code != COMMITTEE and held.post in ("head", "staff")


def granted(capacity: str) -> frozenset[str]:
    """The "app.action_model" rights of a capacity."""
    return frozenset(_granted[capacity])


def permissions_of(posts: Posts) -> set[str]:
    return set().union(*(_granted[name] for name in capacities(posts)))
