"""For whom a file is meant, and who may make one for whom.

内部: for the person's own work; what they see on the page. 承办单位: goes to a unit, or was made by one. 公开: may be
put on a notice board; holds published cases alone, in their published words. A wider circle reads fewer columns.
"""

from django.db import models

from members.posts import Posts


class Audience(models.TextChoices):
    INTERNAL = "internal", "内部"
    UNIT = "unit", "承办单位"
    PUBLIC = "public", "公开"


ABOUT = {
    Audience.INTERNAL: "供本人工作使用，不要外传。",
    Audience.UNIT: "可以发给承办单位，不含机关内部栏目。",
    Audience.PUBLIC: "可以对外公布，只含已公开的件和公开的文字，不含个人信息。",
}
# How wide the circle is.
WIDTH = {Audience.INTERNAL: 0, Audience.UNIT: 1, Audience.PUBLIC: 2}
NARROWER = {WIDTH[one]: one for one in Audience}


def widest(*audiences: str) -> Audience:
    return NARROWER[max(WIDTH[Audience(one)] for one in audiences)]


def is_only_of_a_unit(posts: Posts) -> bool:
    """Who has to do with the portal through a handling unit alone."""
    at_units = posts.organizations("operator", "unit_leader", kind="unit")
    return bool(at_units) and len(at_units) == len(posts.held) and not posts.is_member and not posts.duties


def open_to(posts: Posts) -> tuple[Audience, ...]:
    """Units hold no internal files; only the house and the dispatch offices hand lists to units."""
    if is_only_of_a_unit(posts):
        return Audience.UNIT, Audience.PUBLIC
    works_here = any(one.kind in ("committee", "office", "dispatch") for one in posts.held)
    return tuple(Audience) if works_here else (Audience.INTERNAL, Audience.PUBLIC)
