"""协商纪要 as a .docx in the layout of GB/T 9704."""

from documents.papers import letter as layout
from documents.papers import page, tables

from .kinds import ParticipantKind
from .models import Matter, Meeting

WIDTHS = (14, 78, 38, 26)
HEADS = ("序号", "共识要点", "责任单位", "完成期限")


def minutes(matter: Matter, meeting: Meeting) -> bytes:
    paper = page.new_paper()
    page.title(paper, f"{meeting.venue.organization.name}", "协商纪要")
    page.line(paper)
    _heads(paper, matter, meeting)
    _part(paper, "一、议题情况", matter.public_text or matter.text)
    if matter.findings:
        _part(paper, "二、调研情况", matter.findings)
    _part(paper, "三、协商情况" if matter.findings else "二、协商情况", meeting.talks)
    _agreed(paper, meeting, "四" if matter.findings else "三")
    layout.signature(paper, meeting.venue.organization.name, meeting.signed_at.date() if meeting.signed_at else None)
    return page.content(paper)


def _heads(paper, matter: Matter, meeting: Meeting) -> None:
    on = meeting.held_on
    layout.item(paper, "议题", f"{matter}（{matter.receipt}）")
    layout.item(paper, "时间", f"{on.year}年{on.month}月{on.day}日")
    layout.item(paper, "地点", meeting.place)
    layout.item(paper, "主持", meeting.host_name)
    layout.item(paper, "参加", "，".join(f"{kind} {count} 人" for kind, count in meeting.counts))
    for kind, names in _named(meeting):
        layout.item(paper, kind, names)


def _named(meeting: Meeting) -> list[tuple[str, str]]:
    """Those with accounts, by what they took part as."""
    found: dict[str, list[str]] = {}
    for row in meeting.participants.select_related("person").order_by("person__pinyin", "pk"):
        found.setdefault(row.kind, []).append(row.person.name)
    return [(ParticipantKind(kind).label, "、".join(names)) for kind, names in found.items()]


def _part(paper, heading: str, text: str) -> None:
    layout.heading(paper, heading)
    for words in filter(None, map(str.strip, text.splitlines())):
        layout.paragraph(paper, words)


def _agreed(paper, meeting: Meeting, number: str) -> None:
    items = list(meeting.items.select_related("unit").order_by("pk"))
    layout.heading(paper, f"{number}、协商结果")
    if not items:
        layout.paragraph(paper, "本次协商没有形成一致意见。")
    else:
        table = tables.new(paper, WIDTHS)
        tables.head(table, HEADS, WIDTHS)
        for place, item in enumerate(items, start=1):
            tables.row(table, (str(place), item.text, item.who, f"{item.due_on:%Y-%m-%d}"), WIDTHS)
    if meeting.not_agreed:
        layout.paragraph(paper, f"未达成一致的事项：{meeting.not_agreed}")
