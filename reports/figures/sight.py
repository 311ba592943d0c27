"""Whose figures a person reads, and which kinds of them. The units are the assessment's (assessment/sight.py): the
committee and leaders all, a dispatch office its systems', a unit its own; ratings not yet open are the committee's."""

from dataclasses import dataclass

from django.db.models import Q

from consultations.roles import works_in_house
from grassroots.rights import may_see_figures
from members.posts import Posts, posts_of
from opinions import rights as opinions
from reports.assessment.sight import COMMITTEE, Sight, sight_by

PROPOSALS, MEMBERS, OPINIONS, CONSULTATIONS, GRASSROOTS = (
    "proposals", "members", "opinions", "consultations", "grassroots",
)  # fmt: skip
GROUPS = {
    PROPOSALS: "提案", MEMBERS: "委员参与", OPINIONS: "社情民意", CONSULTATIONS: "协商议政", GRASSROOTS: "基层协商",
}  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """`groups`: the kinds of figures this person reads; `keeps`: works in 提案委; `leads`: a leader, who reads all
    figures (domain §5.4), but not every case behind them."""

    user: object
    units: Sight
    groups: tuple[str, ...]
    keeps: bool = False
    leads: bool = False

    @property
    def everything(self) -> bool:
        return self.units.everything or self.leads

    @property
    def shares(self) -> Q:
        """The shares of the units that this person reads about; for who reads everything, all."""
        if self.everything:
            return Q()
        return Q(unit__in=self.units.own) | Q(unit__system__in=self.units.systems)


def reader_of(user) -> Reader:
    posts = posts_of(user)
    return Reader(user, sight_by(posts), groups_for(posts), posts.in_proposal_committee(*COMMITTEE), posts.is_leader)


def groups_for(posts: Posts) -> tuple[str, ...]:
    units = sight_by(posts)
    may = {
        PROPOSALS: units.is_open or posts.is_leader, MEMBERS: units.everything or posts.is_leader,
        OPINIONS: opinions.sees_figures(posts) or posts.is_leader or posts.in_proposal_committee(*COMMITTEE),
        CONSULTATIONS: works_in_house(posts) or posts.is_leader or bool(posts.dispatch_systems()),
        GRASSROOTS: may_see_figures(posts),
    }  # fmt: skip
    return tuple(group for group in GROUPS if may[group])
