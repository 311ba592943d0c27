"""The main menu by role. At most four entries stand on a phone; the rest is in the menu at the foot of the page."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import Resolver404, resolve

from grassroots.rights import has_to_do_with_it
from members import directory
from members.posts import Posts, posts_of
from opinions.rights import takes_part as _takes_part_in_opinions
from reports.assessment.sight import sight_by
from reports.figures.sight import groups_for


@dataclass(frozen=True)
class Entry:
    label: str
    path: str
    icon: str
    shown: Callable[[Posts], bool]


def _anyone(posts: Posts) -> bool:
    return True


def _may_propose(posts: Posts) -> bool:
    return posts.is_member or bool(posts.organizations("contact", "convener"))


def _may_enter_admin(posts: Posts) -> bool:
    return posts.may_enter_admin


def _sees_units(posts: Posts) -> bool:
    return sight_by(posts).is_open


def _sees_figures(posts: Posts) -> bool:
    return bool(groups_for(posts))


def _has_person(posts: Posts) -> bool:
    return posts.person_id is not None


def _leads(posts: Posts) -> bool:
    return posts.is_leader


def _works_on_key(posts: Posts) -> bool:
    return posts.in_proposal_committee("head", "staff", "reviewer") or bool(posts.dispatch_systems())


def _keeps_rules(posts: Posts) -> bool:
    return posts.in_proposal_committee("head", "staff")


MENU = (
    Entry("首页", "/", "home", _anyone),
    Entry("提案", "/proposals/", "file", _anyone),
    Entry("领办督办", "/proposals/leading/", "chart", _leads),
    Entry("重点提案", "/proposals/key/", "chart", _works_on_key),
    Entry("写提案", "/proposals/new/", "pen", _may_propose),
    Entry("消息", "/inbox/", "inbox", _anyone),
    Entry("社情民意", "/opinions/", "file", _takes_part_in_opinions),
    Entry("通知公告", "/announcements/", "info", _anyone),
    Entry("协商议政", "/consultations/", "people", _anyone),
    Entry("有事好商量", "/grassroots/", "people", has_to_do_with_it),
    Entry("到期提醒", "/inbox/coming/", "clock", _keeps_rules),
    Entry("通讯录", "/directory/", "people", directory.is_of_the_circle),
    Entry("我的资料", "/me/", "user", _has_person),
    Entry("主要指标", "/reports/figures/leaders/", "chart", _leads),
    Entry("统计", "/reports/figures/", "chart", _sees_figures),
    Entry("单位考核", "/reports/units/", "chart", _sees_units),
    Entry("后台管理", "/admin/", "gear", _may_enter_admin),
    Entry("帮助", "/help/", "help", _anyone),
)


def menu_of(user, path: str) -> list[dict]:
    """The entries this user sees, as {label, path, icon, current}."""
    if not user.is_authenticated:
        return []
    posts = posts_of(user)
    entries = [entry for entry in MENU if entry.shown(posts) and _installed(entry.path)]
    here = _current(entries, path)
    return [{"label": e.label, "path": e.path, "icon": e.icon, "current": e.path == here} for e in entries]


def _current(entries: list[Entry], path: str) -> str:
    """The entry with the longest path that this page lies under; the home page only for itself."""
    under = [e.path for e in entries if path == e.path or (e.path != "/" and path.startswith(e.path))]
    return max(under, key=len, default="")


def _installed(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
