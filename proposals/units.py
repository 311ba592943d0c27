"""The units of today, and those to which a person may hand out: 提案委 to all, a dispatch office to its own (归口办理)."""

from django.db.models import Q

from members.models import Organization, System
from members.periods import today
from members.posts import posts_of

WITHOUT = "没有登记所属系统"
NOT_OWN = "只能交给本系统的单位；涉及其他系统单位的，请提案委交办。"


def units_in_force():
    return Organization.objects.units().on(today())


def own_systems(user) -> set[str] | None:
    """The systems of the units that this person hands out to; None where that is all of them."""
    posts = posts_of(user)
    systems = posts.dispatch_systems()
    if "" in systems or posts.in_proposal_committee("staff", "head"):
        return None
    return systems


def own_units(user) -> Q:
    """Which units this person hands out to."""
    systems = own_systems(user)
    return Q() if systems is None else Q(system__in=systems)


def units_to_hand_to(user):
    """Those of them that are in force."""
    return units_in_force().filter(own_units(user))


def system_of(unit) -> str:
    """As a sentence says it: 属党委系统."""
    return f"属{System(unit.system).label}" if unit.system else WITHOUT
