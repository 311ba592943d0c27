"""The rows behind a figure, as a list shows them: the cells, and where the row leads."""

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from .models import Consensus, Matter, Meeting, Rating, Venue

COLUMNS = {
    "rooms": ("名称", "类型", "层级", "地点"),
    "matters": ("编号", "议题", "议事室", "来源", "状态", "收到日期"),
    "meetings": ("议题编号", "议题", "议事室", "日期", "参加人次"),
    "items": ("议题编号", "共识要点", "责任单位", "完成期限", "落实情况"),
    "ratings": ("议题编号", "议题", "评价", "评价方式", "时间"),
}
RELATED = {
    "rooms": ("organization",), "matters": ("venue__organization",), "meetings": ("matter", "venue__organization"),
    "items": ("matter", "unit"), "ratings": ("matter",),
}  # fmt: skip
OUT_OF_SIGHT = "（不在您的查看范围）"


def lines_of(base: str, rows, user) -> list[dict]:
    """Cells and address; who does not see a matter reads its number, no words of it and no link."""
    rows = list(rows.select_related(*RELATED[base]))
    matters = [row.pk if base == "matters" else getattr(row, "matter_id", None) for row in rows]
    seen = set(Matter.objects.visible_to(user).filter(pk__in=filter(None, matters)).values_list("pk", flat=True))
    return [
        {"cells": _told(CELLS[base](row), key is None or key in seen), "href": _href(row, key, key in seen)}
        for row, key in zip(rows, matters, strict=True)
    ]


def _told(cells: list, is_seen: bool) -> list:
    """The second cell holds words of the matter."""
    return cells if is_seen else [cells[0], OUT_OF_SIGHT, *cells[2:]]


def _href(row, matter: int | None, is_seen: bool) -> str:
    if isinstance(row, Venue):
        return row.get_absolute_url()
    if not is_seen:
        return ""
    return row.get_absolute_url() if isinstance(row, Matter) else row.matter.get_absolute_url()


def _room(row: Venue) -> list:
    return [str(row), row.get_kind_display(), row.get_level_display(), row.place]


def _matter(row: Matter) -> list:
    return [
        row.receipt,
        str(row),
        str(row.venue),
        row.get_source_display(),
        row.get_state_display(),
        timezone.localdate(row.received_at),
    ]


def _meeting(row: Meeting) -> list:
    return [row.matter.receipt, str(row.matter), str(row.venue), row.held_on, row.people]


def _item(row: Consensus) -> list:
    return [row.matter.receipt, row.text, row.who, row.due_on, row.get_progress_display()]


def _rating(row: Rating) -> list:
    return [
        row.matter.receipt,
        str(row.matter),
        row.get_verdict_display(),
        row.get_way_display(),
        timezone.localdate(row.at),
    ]


def in_words(cell) -> str:
    """As the page shows it."""
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else str(cell)


CELLS: dict[str, Callable] = {
    "rooms": _room, "matters": _matter, "meetings": _meeting, "items": _item, "ratings": _rating,
}  # fmt: skip
