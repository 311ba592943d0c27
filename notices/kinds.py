"""The kinds of notices, and which channels each of them takes for whom until the person chooses otherwise.

The inbox takes every message and cannot be turned off; here it is about what goes out of the house.
"""

from dataclasses import dataclass

from members.posts import Posts, posts_of

from .models.channel import Channel

ACT, INFO, REMINDER, ESCALATION, ANNOUNCEMENT, PERSONAL = (
    "act", "info", "reminder", "escalation", "announcement", "personal",
)  # fmt: skip
# Not chosen by anybody: a mail of many lines, and the message one sends oneself to try a channel.
DIGEST, TRIAL = "digest", "test"


@dataclass(frozen=True)
class Kind:
    key: str
    label: str
    about: str


KINDS = (
    Kind(ACT, "需要我办理的", "如请您签收、审查、确认、评价"),
    Kind(INFO, "供我了解的", "如提案已立案、已答复、已公开"),
    Kind(REMINDER, "到期提醒", "快到期和已逾期的事项"),
    Kind(ESCALATION, "催办和逾期升级", "逾期后逐级报告的事项"),
    Kind(ANNOUNCEMENT, "通知公告", "机关发布的通知"),
    Kind(PERSONAL, "我的账号和个人资料", "如更正资料的结果"),
)
BY_KEY = {kind.key: kind for kind in KINDS}

MEMBER, UNIT, STAFF, LEADER = "member", "unit", "staff", "leader"

_MAIL, _LATER, _BOTH = {Channel.EMAIL}, {Channel.DIGEST}, {Channel.EMAIL, Channel.SMS}
# What waits for somebody comes at once, what is only to be known comes once a day. Of units and leaders an overdue
# matter costs the county its word, so theirs also comes by SMS where that is switched on.
DEFAULTS: dict[str, dict[str, set]] = {
    MEMBER: {ACT: _MAIL, INFO: _LATER, REMINDER: _MAIL, ESCALATION: _MAIL, ANNOUNCEMENT: _LATER, PERSONAL: _MAIL},
    UNIT: {ACT: _MAIL, INFO: _LATER, REMINDER: _BOTH, ESCALATION: _BOTH, ANNOUNCEMENT: _LATER, PERSONAL: _MAIL},
    STAFF: {ACT: _LATER, INFO: _LATER, REMINDER: _MAIL, ESCALATION: _MAIL, ANNOUNCEMENT: _LATER, PERSONAL: _MAIL},
    LEADER: {ACT: _MAIL, INFO: _LATER, REMINDER: _MAIL, ESCALATION: _BOTH, ANNOUNCEMENT: _LATER, PERSONAL: _MAIL},
}
# The robots write into a group of colleagues, so only people of the offices may have theirs written there.
ROBOTS_FOR = {STAFF}


def role_kind(user) -> str:
    """What the person mainly is today; of several the one that is told least often by default comes first."""
    posts: Posts = posts_of(user)
    if posts.is_leader:
        return LEADER
    if posts.may_enter_admin:
        return STAFF
    return UNIT if posts.organizations("operator", "unit_leader") else MEMBER


def known(key: str) -> str:
    """The kind itself; one that nobody knows is treated as a piece of information."""
    return key if key in BY_KEY else INFO
