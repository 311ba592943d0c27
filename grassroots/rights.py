"""Who has to do with consultation rooms, by the posts of today. Said here and nowhere else.

A room's host (召集人) holds the post of head in its organization, its secretary (联络员) that of staff; a convener's post
would also let them submit proposals for it. Heads and staff of the 政协办公室 and of the special committees look after
all rooms, and do what a host does where a room has none.
"""

from members.models import OrganizationKind, Post
from members.posts import Posts, posts_of

HOUSE = (OrganizationKind.OFFICE, OrganizationKind.COMMITTEE)


def hosted(posts: Posts) -> list[int]:
    """The organizations of the rooms where this person is the host."""
    return posts.organizations(Post.HEAD, kind=OrganizationKind.STATION)


def served(posts: Posts) -> list[int]:
    """The same where they are the secretary."""
    return posts.organizations(Post.STAFF, kind=OrganizationKind.STATION)


def kept(posts: Posts) -> list[int]:
    return [*hosted(posts), *served(posts)]


def units(posts: Posts) -> list[int]:
    """The units for which this person reports."""
    return posts.organizations(Post.OPERATOR, Post.UNIT_LEADER, kind=OrganizationKind.UNIT)


def is_of_the_house(posts: Posts) -> bool:
    return any(posts.organizations(Post.HEAD, Post.STAFF, kind=kind) for kind in HOUSE)


def sees_all(posts: Posts) -> bool:
    """Whether this person reads the matters of every room."""
    return is_of_the_house(posts)


def may_bring(posts: Posts) -> bool:
    """Who brings matters inside: members, people of rooms, of the house and of units."""
    return posts.is_member or bool(kept(posts)) or is_of_the_house(posts) or bool(units(posts))


def may_see_figures(posts: Posts) -> bool:
    return bool(kept(posts)) or is_of_the_house(posts) or posts.is_leader


def has_to_do_with_it(posts: Posts) -> bool:
    return may_bring(posts) or posts.is_leader


def keeps_rooms(user) -> bool:
    return bool(kept(posts_of(user)))
