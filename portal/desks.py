"""The workbenches that a person's posts open, for the home page; asks the database nothing."""

from django.urls import reverse

from grassroots.rights import keeps_rooms
from proposals.assigning.reach import works_with_shares
from proposals.assigning.waiting import may_assign
from proposals.dispatching import may_dispatch

DESKS = (
    (may_assign, "交办工作台", "proposals:assigning"),
    (may_dispatch, "交办机构工作台", "proposals:dispatch"),
    (keeps_rooms, "议事室工作台", "grassroots:list"),
    (works_with_shares, "交办单和交办清单", "proposals:assigned"),
)


def desks_of(user) -> list[tuple[str, str]]:
    """(name, address) of each."""
    return [(label, reverse(name)) for may_open, label, name in DESKS if may_open(user)]
