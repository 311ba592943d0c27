"""Who sees the assessment of which units: the committee and leaders all, a dispatch office its systems', a unit its own."""

from dataclasses import dataclass

from members.models import Organization
from members.posts import Posts, posts_of
from proposals import blind

COMMITTEE = ("head", "staff", "reviewer")
AT_UNIT = ("operator", "unit_leader")


@dataclass(frozen=True)
class Sight:
    """`everything`: all units; `systems`: those of these; `own`: these units.

    `reads_ratings`: before they open, which is for the committee alone (proposals/blind.py).
    """

    everything: bool = False
    systems: frozenset[str] = frozenset()
    own: frozenset[int] = frozenset()
    reads_ratings: bool = False

    @property
    def is_open(self) -> bool:
        return self.everything or bool(self.systems or self.own)

    @property
    def is_blind(self) -> bool:
        """A unit is shown its own figures and the average only."""
        return not self.everything and not self.systems

    def covers(self, unit: Organization) -> bool:
        return self.everything or unit.system in self.systems or unit.pk in self.own


def sight_of(user) -> Sight:
    return sight_by(posts_of(user))


def sight_by(posts: Posts) -> Sight:
    systems = posts.dispatch_systems()
    leads = any(held.kind == "leadership" or (held.kind == "office" and held.post == "head") for held in posts.held)
    return Sight(
        everything=posts.in_proposal_committee(*COMMITTEE) or leads or "" in systems,
        systems=frozenset(systems), own=frozenset(posts.organizations(*AT_UNIT, kind="unit")),
        reads_ratings=blind.sees_all(posts),
    )  # fmt: skip
