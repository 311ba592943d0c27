"""A person's own messages as they leave the portal: notices cannot declare the list, they stand below."""

from notices import inbox

from . import lists
from .lists import Column, Found, Reader

MESSAGES = (
    Column("at", "时间", lambda r: r.created_at, 18),
    Column("subject", "消息", lambda r: r.subject, 40),
    Column("title", "标题", lambda r: r.title, 46),
    Column("body", "内容", lambda r: r.body, 60),
    Column("read", "阅读时间", lambda r: r.read_at, 18),
)


def messages(user, asked) -> Found:
    unread = asked.get("unread") == "1"
    return Found(inbox.messages_of(user, unread), "只看未读" if unread else "")


def _with_titles(rows: list, reader: Reader) -> list:
    """The title of its case stands beside a message only while the reader sees the case."""
    return inbox.with_places(reader.user, rows)


def register_own() -> None:
    lists.register("messages", "消息", MESSAGES, messages, unit="条", prepared=_with_titles, for_units=False)
