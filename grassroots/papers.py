"""协商纪要 of a matter: who was there, what was found and said, what was agreed, in the layout of GB/T 9704."""

from django.utils import timezone
from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page, tables
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from documents.papers.templates.marks import cells, each, given

from .kinds import ParticipantKind
from .models import Matter, Meeting

COLUMNS = ("序号", "共识要点", "责任单位", "完成期限")
WIDTHS = (14, 78, 38, 26)
NUMBERS = "一二三四"
HEADS = ("议题", "时间", "地点", "主持", "参加")


def minutes(matter: Matter, meeting: Meeting) -> bytes:
    """`meeting` with its room; its people and what was agreed are read here."""
    room, items = meeting.venue.organization.name, _items(meeting)
    parts = [
        ("议题情况", matter.public_text or matter.text),
        ("调研情况", matter.findings),
        ("协商情况", meeting.talks),
    ]
    parts = [part for part in parts if part[1]]
    return made(MINUTES, {
        "议事室": room, "议题": f"{matter}（{matter.receipt}）", "时间": layout.dated(meeting.held_on), "地点": meeting.place,
        "主持": meeting.host_name, "参加": "，".join(f"{kind} {count} 人" for kind, count in meeting.counts),
        "参加人": _named(meeting),
        "各部分": [{"小标题": f"{NUMBERS[n]}、{label}", "内容": text} for n, (label, text) in enumerate(parts)],
        "结果标题": f"{NUMBERS[len(parts)]}、协商结果",
        "共识说明": "经协商，形成以下共识：" if items else "", "共识要点": items,
        "没有共识": "" if items else "本次协商没有形成一致意见。", "未达成一致": meeting.not_agreed,
        "日期": layout.dated(timezone.localdate(meeting.signed_at)) if meeting.signed_at else "",
    })  # fmt: skip


def _named(meeting: Meeting) -> list[dict[str, str]]:
    """Those with accounts, by what they took part as."""
    found: dict[str, list[str]] = {}
    for row in meeting.participants.select_related("person").order_by("person__pinyin", "pk"):
        found.setdefault(row.kind, []).append(row.person.name)
    return [{"身份": ParticipantKind(kind).label, "姓名": "、".join(names)} for kind, names in found.items()]


def _items(meeting: Meeting) -> list[dict[str, str]]:
    rows = enumerate(meeting.items.select_related("unit").order_by("pk"), start=1)
    return [
        dict(zip(COLUMNS, (str(place), row.text, row.who, row.due_on.isoformat()), strict=True)) for place, row in rows
    ]


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to all)
    page.title(paper, values["议事室"], "协商纪要")
    page.line(paper)
    for label in HEADS:
        layout.item(paper, label, values[label])
    for row in each(values["参加人"], put):
        layout.item(paper, row["身份"], row["姓名"])
    for part in each(values["各部分"], put):
        layout.heading(paper, part["小标题"])
        layout.paragraphs(paper, part["内容"])
    _result(paper, values)
    layout.signature(paper, values["议事室"], values["日期"])
    return page.content(paper)


def _result(paper: Paper, values: Values) -> None:
    put = lambda tag: page.line(paper, tag)  # noqa: E731 (it is given to all)
    layout.heading(paper, values["结果标题"])
    for words in given(values["共识说明"], put):
        layout.paragraph(paper, words)
        table = tables.new(paper, WIDTHS)
        tables.head(table, COLUMNS, WIDTHS)
        for texts in cells(values["共识要点"], COLUMNS):
            tables.row(table, texts, WIDTHS)
    for name in ("没有共识", "未达成一致"):
        for words in given(values[name], put):
            layout.paragraphs(paper, words if name == "没有共识" else f"未达成一致的事项：{words}")


MINUTES = Kind("matter_minutes", "协商纪要（有事好商量）", (
    Field("议事室", "议事室的名称，也是落款", "盆尧镇协商议事室", required=True),
    Field("议题", "议题和编号", "疏通村口排水沟（YS2026-0012）", required=True),
    Field("时间", "协商会的日期", "2026年5月12日", required=True),
    Field("地点", "协商会的地点", "于营村党群服务中心", required=True),
    Field("主持", "主持人", "郝建国", required=True),
    Field("参加", "各类参加人数", "委员 2 人，部门 1 人，群众 12 人", required=True),
    Rows("参加人", "有账号的参加人，按身份；没有时为空", "一类", (
        Field("身份", "委员、部门等", "委员"), Field("姓名", "姓名", "李素芬、周明远"),
    ), (("委员", "李素芬、周明远"), ("部门", "王建国"))),
    Rows("各部分", "议题情况、调研情况、协商情况", "部分", (
        Field("小标题", "部分的标题", "一、议题情况"), Field("内容", "这一部分的文字", "村口排水沟堵塞，雨天积水。"),
    ), (
        ("一、议题情况", "村口排水沟堵塞，雨天积水。"), ("二、调研情况", "沟长约 200 米，淤泥厚约半米。"),
        ("三、协商情况", "群众希望雨季前疏通。\n镇里同意安排人员清淤。"),
    ), required=True),
    Field("结果标题", "最后一部分的标题", "四、协商结果", required=True),
    Field("共识说明", "表格前的一句话；没有形成共识时为空", "经协商，形成以下共识："),
    Rows("共识要点", "商定的事项，做成表格", "要点", (
        Field("序号", "序号", "1"), Field("共识要点", "商定做什么", "疏通排水沟"), Field("责任单位", "责任单位或责任人", "盆尧镇"),
        Field("完成期限", "完成期限", "2026-06-10"),
    ), (("1", "疏通排水沟", "盆尧镇", "2026-06-10"), ("2", "安装路灯 6 盏", "于营村村委会", "2026-08-31")), required=True),
    Field("没有共识", "没有形成共识时的一句话；形成了的为空", "", required=True),
    Field("未达成一致", "没有谈成的事项；没有时为空", "占地补偿的标准还要再商量。", required=True),
    Field("日期", "签发日期", "2026年5月15日", required=True),
), _write)  # fmt: skip
PAPERS = (MINUTES,)
