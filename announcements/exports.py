"""What one received, what one's body issued, and who has read it, as it leaves the portal."""

from exports import lists
from exports.lists import Column, Found, Reader, words_of

RECEIVED = (
    Column("title", "标题", lambda r: str(r.announcement), 50),
    Column("issuer", "发布单位", lambda r: str(r.announcement.issuer), 24),
    Column("priority", "重要程度", lambda r: r.announcement.get_priority_display(), 10),
    Column("published", "发布时间", lambda r: r.announcement.published_at, 18),
    Column("expires", "有效期至", lambda r: r.announcement.expires_on, 12),
    Column("read", "阅读时间", lambda r: r.read_at, 18),
    Column("signed", "签收时间", lambda r: r.signed_at, 18),
    Column("state", "状态", lambda r: r.announcement.get_state_display(), 12),
)
ISSUED = (
    Column("title", "标题", str, 50),
    Column("issuer", "发布单位", lambda r: str(r.issuer), 24),
    Column("author", "起草人", lambda r: str(r.author), 12),
    Column("state", "状态", lambda r: r.get_state_display(), 12),
    Column("published", "发布时间", lambda r: r.published_at, 18),
    Column("told", "送达（人）", lambda r: r.told, 10),
    Column("read", "已读（人）", lambda r: r.read_by_now, 10),
    Column("signed", "已签收（人）", lambda r: r.signed_by_now if r.receipt_required else None, 12),
)
READERS = (
    Column("name", "姓名", lambda r: r.name, 14),
    Column("bodies", "单位、职务", lambda r: r.bodies, 40),
    Column("told", "送达时间", lambda r: r.added_at, 18),
    Column("read", "阅读时间", lambda r: r.read_at, 18),
    Column("signed", "签收时间", lambda r: r.signed_at, 18),
)


def received(user, asked) -> Found:
    from .views.listing import received_by

    found, rows = received_by(user, asked)
    return Found(rows, words_of(found.form, asked))


def issued(user, asked) -> Found:
    from .views.listing import issued_by

    found, rows = issued_by(user, asked)
    return Found(rows, words_of(found.form, asked))


def readers(user, asked) -> Found:
    """Of the announcement whose number is asked for."""
    from .views.readers import SHOWN, population

    one, chosen, rows = population(user, asked, asked.get("announcement", ""))
    return Found(rows, SHOWN[chosen][0], f"《{one}》阅读情况")


def _with_bodies(rows: list, reader: Reader) -> list:
    from .views.readers import with_bodies

    return with_bodies(rows)


def register_own() -> None:
    lists.register("announcements", "发给我的通知公告", RECEIVED, received, unit="份", for_units=False)
    lists.register("announcements-issued", "本单位发布的通知公告", ISSUED, issued, unit="份", for_units=False)
    lists.register(
        "announcement-readers", "阅读情况", READERS, readers, unit="人", prepared=_with_bodies, for_units=False
    )
