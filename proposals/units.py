"""The units of today, and those to which a person may hand out: 提案委 to all, a dispatch office to its own (归口办理)."""

from django.db.models import Exists, OuterRef, Q, Subquery

from members.models import Organization, System
from members.periods import today
from members.posts import posts_of

from .kinds import AssignmentKind

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


def units_to_take(share, user):
    """Those that may take the place of this share: none that has the case in hand, but for the 会办 units of a 主办.

    With a 主办 they say `assists` (the key of the 会办 share, or None), `is_asked` (a demand of it is open) and
    `has_others` (the case has other 会办 units).
    """
    taken = share.proposal.assignments.current().exclude(lead=share.pk)
    rows = units_to_hand_to(user).exclude(pk__in=taken.values("unit_id"))
    if share.kind != AssignmentKind.LEAD:
        return rows
    helpers = share.assistants.current().order_by()
    mine = helpers.filter(unit=OuterRef("pk"))
    return rows.annotate(
        assists=Subquery(mine.values("pk")[:1]), is_asked=Exists(mine.with_demands().filter(is_asked_to_report=True)),
        has_others=Exists(helpers.exclude(unit=OuterRef("pk"))),
    )  # fmt: skip


def system_of(unit) -> str:
    """As a sentence says it: 属党委系统."""
    return f"属{System(unit.system).label}" if unit.system else WITHOUT
