"""A matter of 基层协商 with everybody who can stand in a relation to it, and some who do not."""

from grassroots.acts import Act
from grassroots.models import Consensus, Meeting, Participant
from members.models import User
from tests.factories import county as make
from tests.factories import grassroots, people
from workflow.actors import SYSTEM
from workflow.engine import perform

from .cast import Scene


def matter_scene(c: make.County) -> Scene:
    """A member's matter that a village passed up to its township; a unit answers for what was agreed."""
    r = grassroots.rooms()
    case = grassroots.taken(r, user=c.author, source="member").matter
    perform(Act.PASS_UP, case, r.host, {"reason": "本村解决不了"})
    meeting = Meeting.objects.create(
        matter=case, venue=r.town, held_on="2026-01-05", place="镇政府", host_name="郝镇集", citizens=3, talks="商量",
        recorded_at=case.received_at,
    )  # fmt: skip
    Participant.objects.create(meeting=meeting, person=c.other_member.person, kind="member")
    Consensus.objects.create(matter=case, meeting=meeting, position=1, text="清淤", unit=c.unit, due_on="2026-12-01")
    secretary = people.holder(r.town.organization, "staff", "郝联络")
    leader = people.holder(people.organization("leadership", "县政府"), "leader", "林志远")
    return Scene(case, _cast(c, r, secretary, leader))


def _cast(c: make.County, r: grassroots.Rooms, secretary: User, leader: User) -> dict:
    return {
        "bringer": c.author, "host": r.town_host, "secretary": secretary, "former": r.host, "superior": r.county_host,
        "unit": c.operator, "participant": c.other_member, "house": r.officer, "leader": leader,
        "stranger": c.third_operator, "administrator": c.administrator, "system": SYSTEM,
    }  # fmt: skip
