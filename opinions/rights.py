"""Who may report, and who works with reports. Said here and nowhere else (docs/decisions/opinions.md).

信息编辑: staff of the 政协机关 (办公室, 研究室). 审核: its heads. 签发: the chairs, and whoever holds the post 领导 in the
机关 (秘书长 in charge). Members in office, contacts and conveners of bodies, and 特邀信息员 report.
"""

from django.db.models import Q

from members.models import Appointment, Member, OrganizationKind, Post
from members.models.organization import COLLECTIVE_KINDS
from members.periods import today
from members.posts import CHAIRS, Posts

from .kinds import Reporter

SPEAKING = (Post.CONTACT, Post.CONVENER)


def edits(posts: Posts) -> bool:
    return bool(posts.organizations(Post.STAFF, kind=OrganizationKind.OFFICE))


def reviews(posts: Posts) -> bool:
    return bool(posts.organizations(Post.HEAD, kind=OrganizationKind.OFFICE))


def works_in_office(posts: Posts) -> bool:
    return edits(posts) or reviews(posts)


def signs(posts: Posts) -> bool:
    return posts.is_chair or bool(posts.organizations(Post.LEADER, kind=OrganizationKind.OFFICE))


def bodies_of(posts: Posts) -> list[int]:
    """The ids of the bodies in whose name this person reports."""
    return [pk for kind in COLLECTIVE_KINDS for pk in posts.organizations(*SPEAKING, kind=kind)]


def reporters_of(posts: Posts) -> list[Reporter]:
    """As what this person may report, the usual one first."""
    found = [Reporter.MEMBER] if posts.is_member else []
    found += [Reporter.INFORMANT] if posts.organizations(Post.INFORMANT) else []
    return found + ([Reporter.ORGANIZATION] if bodies_of(posts) else [])


def may_report(posts: Posts) -> bool:
    return bool(reporters_of(posts))


def sees_figures(posts: Posts) -> bool:
    """The yearly list of everybody's reports."""
    return works_in_office(posts) or signs(posts)


def holds_unit_post(posts: Posts) -> bool:
    return bool(posts.organizations(Post.OPERATOR, Post.UNIT_LEADER, kind=OrganizationKind.UNIT))


def takes_part(posts: Posts) -> bool:
    """Whoever has anything to do with reports: for the menu."""
    return may_report(posts) or sees_figures(posts) or holds_unit_post(posts)


def office_people(*held: str) -> Q:
    """The persons who hold one of these posts in the 政协机关 today."""
    posts = Appointment.objects.on(today()).filter(organization__kind=OrganizationKind.OFFICE, post__in=held)
    return Q(person__in=posts.order_by().values("person"))


def signing_people() -> Q:
    chairs = Member.objects.in_office(today()).filter(seat_kind__in=CHAIRS)
    return office_people(Post.LEADER) | Q(person__in=chairs.order_by().values("person"))
