"""Who is told of an act on an announcement, and in which words. Neither its title nor its text goes into a message:
the inbox asks for the title at each look (`titles`), and mail carries none."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.urls import Resolver404, resolve

from notices import kinds
from notices.recipients import Notice
from workflow.models import Event
from workflow.transition import process_named

from .acts import Act
from .kinds import Priority
from .models import Announcement

# The audiences named in the table, each the recipients it means.
AUDIENCES = {
    "told": lambda one, event: one.recipients.filter(added_at=event.happened_at),
    "owing": lambda one, event: one.recipients.pending(),
    "everyone": lambda one, event: one.recipients.all(),
}


def notices_for(event: Event) -> list[Notice]:
    """One notice for each active account meant by the row's audiences, the actor left out."""
    one = Announcement.objects.for_acting().filter(pk=event.object_id).first()
    names = [name for row in process_named(event.process).rows_of(event.act) for name in row.notify]
    if one is None or not names:
        return []
    subject, body, url = _subject(one, event.act), _body(one, event), one.get_absolute_url()
    urgent = one.priority == Priority.URGENT
    return [
        Notice(pk, subject, body, url, kinds.ANNOUNCEMENT, urgent) for name in names for pk in _users(name, one, event)
    ]


def _users(name: str, one: Announcement, event: Event) -> QuerySet:
    rows = AUDIENCES[name](one, event).filter(user__is_active=True).exclude(user_id=event.actor_id)
    return rows.order_by("pk").values_list("user_id", flat=True)


def _subject(one: Announcement, act: str) -> str:
    pressing = "" if one.priority == Priority.NORMAL else one.get_priority_display()
    if act == Act.WITHDRAW:
        return f"{one.issuer}撤回了一份{pressing}通知公告"
    if act == Act.REMIND:
        return f"请{'签收' if one.receipt_required else '阅读'}{one.issuer}的{pressing}通知公告"
    return f"{one.issuer}发布{pressing}通知公告" + ("，请签收" if one.receipt_required else "")


def _body(one: Announcement, event: Event) -> str:
    if event.act == Act.WITHDRAW:
        return f"原因：{event.reason}"
    return f"有效期至 {one.expires_on:%Y-%m-%d}" if one.expires_on else ""


def titles(user, urls: Iterable[str]) -> dict[str, str | None]:
    """Address → title of the announcement there, None where the user does not see it; other pages are left out."""
    keys = {url: pk for url in urls if (pk := _key(url))}
    if not keys:
        return {}
    seen = Announcement.objects.visible_to(user).filter(pk__in=keys.values())
    found = dict(seen.values_list("pk", "title"))
    return {url: found.get(pk) for url, pk in keys.items()}


def _key(url: str) -> int | None:
    try:
        match = resolve(urlsplit(url).path)
    except Resolver404:
        return None
    return match.kwargs["pk"] if match.view_name == "announcements:detail" else None
