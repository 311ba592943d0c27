"""A person's own messages and what was sent to them, as they leave the portal: notices stand below and cannot declare lists."""

from notices import inbox, sent

from . import lists
from .lists import Column, Found, Reader

MESSAGES = (
    Column("at", "时间", lambda r: r.created_at, 18),
    Column("subject", "消息", lambda r: r.subject, 40),
    Column("title", "标题", lambda r: r.title, 46),
    Column("body", "内容", lambda r: r.body, 60),
    Column("read", "阅读时间", lambda r: r.read_at, 18),
)
SENT = (
    Column("subject", "消息", lambda r: r.subject, 40),
    Column("channel", "渠道", lambda r: r.get_channel_display(), 12),
    Column("address", "发到", lambda r: r.masked_address, 24),
    Column("at", "时间", lambda r: r.sent_at, 18),
    Column("outcome", "结果", lambda r: r.outcome, 24),
)


def messages(user, asked) -> Found:
    unread = asked.get("unread") == "1"
    return Found(inbox.messages_of(user, unread), "只看未读" if unread else "")


def _with_titles(rows: list, reader: Reader) -> list:
    """The title of its case stands beside a message only while the reader sees the case."""
    return inbox.with_places(reader.user, rows)


def sent_to(user, asked) -> Found:
    return Found(sent.deliveries_of(user))


def _with_outcomes(rows: list, reader: Reader) -> list:
    return sent.with_words(rows)


def register_own() -> None:
    lists.register("sent", "发送记录", SENT, sent_to, unit="条", prepared=_with_outcomes, for_units=False)
    lists.register("messages", "消息", MESSAGES, messages, unit="条", prepared=_with_titles, for_units=False)
