"""Matters, rooms and the rows behind a figure, as they leave the portal. Nothing of the citizens is in any.

For the public: matters that were released, in the words in which they were; rooms, which everybody may look at.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from exports import lists
from exports.audiences import Audience
from exports.lists import Column, Found, Reader, day, words_of

from .models import Matter, Release, Venue
from .rows import COLUMNS, lines_of
from .venues import hosts_of, with_holders

UNIT, PUBLIC = Audience.UNIT, Audience.PUBLIC


@dataclass
class Row:
    matter: Matter
    release: Release | None = None
    is_public: bool = False


def _rows(rows: list[Matter], reader: Reader) -> list[Row]:
    if reader.audience != PUBLIC:
        return [Row(one) for one in with_holders(rows)]
    released = {
        one.matter_id: one for one in _current().filter(matter__in=rows).defer("text", "findings", "items", "answer")
    }
    return [Row(one, released.get(one.pk), True) for one in rows]


def _current() -> QuerySet:
    return Release.objects.filter(withdrawn_at__isnull=True)


def _released(rows: QuerySet) -> QuerySet:
    return rows.filter(pk__in=_current().order_by().values("matter"))


def _title(row: Row) -> str:
    """For the public as it was released, and nothing where it is not any more."""
    if row.is_public:
        return row.release.title if row.release else ""
    return str(row.matter)


MATTERS = (
    Column("receipt", "编号", lambda r: r.matter.receipt, 16, UNIT),
    Column("title", "议题", _title, 46, PUBLIC),
    Column("venue", "议事室", lambda r: str(r.matter.venue), 24, PUBLIC),
    Column("township", "乡镇（街道）", lambda r: str(r.matter.venue.township or "县级"), 16, PUBLIC),
    Column("source", "来源", lambda r: r.matter.get_source_display(), 10, UNIT),
    Column("category", "类别", lambda r: r.matter.get_category_display(), 12, PUBLIC),
    Column("state", "状态", lambda r: r.matter.get_state_display(), 14, UNIT),
    Column("holder", "现在由谁办", lambda r: r.matter.holder, 26, UNIT),
    Column("due", "期限", lambda r: r.matter.due_on, 12, UNIT),
    Column("received", "收到日期", lambda r: day(r.matter.received_at), 12, UNIT),
    Column("closed", "办结日期", lambda r: r.matter.closed_on, 12, UNIT),
    Column(
        "released", "公开日期", lambda r: day(r.release.released_at) if r.release else None, 12, PUBLIC, is_usual=False
    ),
)


def _with_hosts(rows: list[Venue], reader: Reader) -> list[Venue]:
    hosts = hosts_of(rows)
    for room in rows:
        room.hosts = "、".join(hosts.get(room.pk, ()))
    return rows


VENUES = (
    Column("name", "名称", str, 30, PUBLIC),
    Column("kind", "类型", lambda r: r.get_kind_display(), 12, PUBLIC),
    Column("level", "层级", lambda r: r.get_level_display(), 10, PUBLIC),
    Column("township", "乡镇（街道）", lambda r: str(r.township or ""), 16, PUBLIC),
    Column("place", "地点", lambda r: r.place, 36, PUBLIC),
    Column("hours", "开放时间", lambda r: r.hours, 24, PUBLIC),
    Column("hosts", "召集人", lambda r: r.hosts, 18, UNIT),
    Column("upper", "上一级议事室", lambda r: str(r.upper or ""), 24, UNIT),
)


def matters(user, asked) -> Found:
    from .views.listing import population

    found, rows = population(user, asked)
    return Found(rows, words_of(found.form, asked))


def venues(user, asked) -> Found:
    from .views.listing import venues_found

    found, rows = venues_found(asked)
    return Found(rows, words_of(found.form, asked))


def behind(user, asked) -> Found:
    """The rows that a number of the statistics counted, in the columns of its page."""
    from .views.figures import population

    figure, _asked, where, rows = population(user, asked, asked.get("figure", ""))
    columns = [
        Column(f"c{n}", name, lambda cells, n=n: cells[n], 24, UNIT) for n, name in enumerate(COLUMNS[figure.base])
    ]

    def prepared(chunk: list, reader: Reader) -> list[list]:
        keys = [row.pk for row in chunk]
        found = lines_of(figure.base, rows.filter(pk__in=keys), reader.user)
        return [line["cells"] for line in found]

    return Found(rows, where, f"基层协商统计：{figure.label}", columns, prepared)


def register_own() -> None:
    lists.register("matters", "有事好商量议题", MATTERS, matters, prepared=_rows, published=_released)
    lists.register("venues", "议事室", VENUES, venues, unit="个", prepared=_with_hosts, published=lambda rows: rows)
    lists.register("consultation-figures", "基层协商统计", (), behind, unit="行")
