"""The rows behind a number: exactly as many as the number says. Of what the reader may not open, the number alone."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from consultations.kinds import Answer
from consultations.models import Recommendation
from grassroots.rows import COLUMNS, lines_of
from opinions.models import OpinionReport
from proposals.kinds import ResultClass
from proposals.models import Assignment, Proposal
from reports.assessment.listing import HIDDEN as HIDDEN_PROPOSAL

from .asked import Asked
from .registry import Counted

HIDDEN = "（不在您的查看范围）"
OF_NOW = frozenset(("状态", "答复", "落实情况"))  # heads whose cells are those of now, also as of a past day


@dataclass(frozen=True)
class Line:
    """`cells` under the heads of the list; `url` is "" where the reader may not open the row."""

    cells: list
    url: str = ""


@dataclass(frozen=True)
class Shape:
    """How one kind of row is listed: the heads, the rows in order with all that is shown, and the line of a row. The
    second cell carries the words of a case."""

    heads: tuple[str, ...]
    ordered: Callable
    line: Callable


def heads_of(one: Counted) -> tuple[str, ...]:
    if one.base.lists == "grassroots":
        return COLUMNS[one.base_key.removeprefix("grassroots_")]
    return SHAPES[one.base.lists].heads


def ordered(one: Counted, asked: Asked):
    """All rows of the number, in the order of the list."""
    rows = one.rows(asked)
    if one.base_key == "answers":
        rows = Proposal.objects.filter(pk__in=rows.values("proposal_id"))
    if one.base.lists == "grassroots":
        return rows.order_by("pk")
    return SHAPES[one.base.lists].ordered(rows, asked.reader.user)


def lines(one: Counted, rows, asked: Asked) -> list[Line]:
    """The lines of a page of `ordered`."""
    if one.base.lists == "grassroots":
        name = one.base_key.removeprefix("grassroots_")
        keys = [row.pk for row in rows]
        found = one.base.rows(asked).model._base_manager.filter(pk__in=keys).order_by("pk")
        return [Line(line["cells"], line["href"]) for line in lines_of(name, found, asked.reader.user)]
    return [SHAPES[one.base.lists].line(row) for row in rows]


def _seen(model, user, path: str = "pk"):
    return Exists(model.objects.visible_to(user).order_by().filter(pk=OuterRef(path)))


def _proposals(rows, user):
    rows = rows.select_related("session__term", "first_proposer", "organization", "business_category")
    return rows.annotate(is_seen=_seen(Proposal, user)).defer("situation").order_by("session_id", "serial", "pk")


def _proposal(row: Proposal) -> Line:
    if not row.is_seen:
        return Line([row.short_number, HIDDEN_PROPOSAL, "", str(row.business_category or "未分类"), ""])
    cells = [row.short_number, str(row), row.proposer_name, str(row.business_category or "未分类")]
    return Line([*cells, row.get_state_display()], row.get_absolute_url())


def _shares(rows, user):
    rows = rows.select_related("unit", "proposal__session__term").annotate(is_seen=_seen(Proposal, user, "proposal_id"))
    return rows.order_by("assigned_at", "pk")


def _share(row: Assignment) -> Line:
    case = row.proposal
    replied = _day(row.replied_at) if row.replied_at else ""
    result = f"{ResultClass(row.last_class).value} 类" if row.last_class else ""
    cells = [
        case.short_number, str(case) if row.is_seen else HIDDEN_PROPOSAL, str(row.unit), row.get_kind_display(),
        _day(row.assigned_at), replied, result,
    ]  # fmt: skip
    return Line(cells, row.get_absolute_url() if row.is_seen else "")


def _suggestions(rows, user):
    rows = rows.select_related("suggestion", "reply__assignment__unit", "reply__assignment__proposal__session__term")
    rows = rows.annotate(is_seen=_seen(Proposal, user, "reply__assignment__proposal_id"))
    return rows.order_by("reply__assignment__assigned_at", "reply__assignment_id", "suggestion__position", "pk")


def _suggestion(row) -> Line:
    share = row.reply.assignment
    words = row.suggestion.text if row.is_seen else HIDDEN_PROPOSAL
    cells = [share.proposal.short_number, words, str(share.unit), row.get_verdict_display()]
    return Line(cells, share.get_absolute_url() if row.is_seen else "")


def _members(rows, user):
    return rows.select_related("person", "sector", "group").order_by("person__pinyin", "pk")


def _member(row) -> Line:
    return Line(
        [row.number or "—", str(row.person), str(row.sector or ""), str(row.group or ""), row.get_seat_kind_display()]
    )


def _people(rows, user):
    return rows.order_by("pinyin", "pk")


def _opinions(rows, user):
    rows = rows.for_list().annotate(is_seen=_seen(OpinionReport, user))
    return rows.order_by("submitted_at", "pk")


def _opinion(row: OpinionReport) -> Line:
    if not row.is_seen:
        return Line([row.number, HIDDEN, "", _day(row.submitted_at), ""])
    cells = [row.number, row.shown_title, row.reporter_name, _day(row.submitted_at), row.get_state_display()]
    return Line(cells, row.get_absolute_url())


def _items(rows, user):
    rows = rows.select_related("topic", "unit").annotate(is_seen=_seen(Recommendation, user))
    return rows.order_by("topic", "outcome", "position", "pk")


def _item(row: Recommendation) -> Line:
    words = row.text if row.is_seen else HIDDEN
    answer = getattr(row, "answer_then", row.answer)  # as of a past day what had been answered by then
    told = Answer(answer).label if answer else "待答复"
    cells = [str(row.topic) if row.is_seen else "", words, str(row.unit), told]
    return Line([*cells, row.get_state_display()], row.get_absolute_url() if row.is_seen else "")


def _day(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}"


SHAPES = {
    "proposals": Shape(("案号", "案由", "提案人", "类别", "状态"), _proposals, _proposal),
    "shares": Shape(("案号", "案由", "承办单位", "方式", "交办", "答复", "结果"), _shares, _share),
    "suggestions": Shape(("案号", "建议", "承办单位", "采纳情况"), _suggestions, _suggestion),
    "members": Shape(("编号", "姓名", "界别", "委员组", "席位"), _members, _member),
    "people": Shape(("编号", "姓名"), _people, lambda row: Line(["—", row.name])),
    "opinions": Shape(("编号", "标题", "反映人", "提交日期", "状态"), _opinions, _opinion),
    "items": Shape(("议题", "建议", "承办单位", "采纳情况", "状态"), _items, _item),
}
