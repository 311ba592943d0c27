"""交办单: what a case is handed out with, to all its units: who does what by when, and the text (domain §3.1, §12)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page, tables
from documents.papers.templates import marks
from documents.papers.templates.filling import made
from documents.papers.templates.kinds import Field, Kind, Rows, Values
from proposals.acts import ProposalAct
from proposals.models import Assignment
from proposals.states import AssignmentState, ProposalState
from workflow.models import Event

from . import material, words
from .enclosed import enclose, text_of
from .material import Case

TITLE = "政协西平县委员会提案交办单"
SIDES = (30, 126)
UNITS = (48, 24, 42, 42)
FACTS = (("案号", "案号"), ("案由", "案由"), ("提案者", "提案人"), ("类别", "类别"), ("交办日期", "交办日期"),
         ("交办说明", "交办说明"))  # fmt: skip


@dataclass(frozen=True)
class Slip:
    case: Case
    note: str

    @property
    def shares(self) -> list[Assignment]:
        return self.case.proposal.current_assignments


def has_slip(proposal) -> bool:
    return proposal.state in ProposalState.HANDED_ON and not proposal.moved_offline_at


def read(rows) -> list[Slip]:
    """The slips of a queryset of proposals in its order; a fixed number of queries."""
    cases = [case for case in material.read(rows) if has_slip(case.proposal)]
    notes = _notes(case.proposal.pk for case in cases)
    return [Slip(case, notes.get(case.proposal.pk, "")) for case in cases]


def _notes(pks: Iterable[int]) -> dict[int, str]:
    """What was written with the assignment."""
    rows = Event.objects.filter(process="proposal", object_id__in=list(pks), act=ProposalAct.ASSIGN)
    return dict(rows.order_by("sequence").values_list("object_id", "reason"))


def content(slip: Slip) -> bytes:
    return made(SLIP, values(slip))


def values(slip: Slip) -> Values:
    proposal = slip.case.proposal
    called, situation, suggestions = text_of(proposal)
    return {
        "案号": words.number(proposal), "案由": str(proposal), "提案人": words.proposers(slip.case),
        "类别": str(proposal.business_category or words.BLANK), "交办日期": words.day(_handed_on(slip)),
        "交办说明": slip.note or "无", "承办单位表": [_share(share) for share in slip.shares],
        "办理要求": "\n".join(f"{n}．{text}" for n, text in enumerate(demands(slip), start=1)), "落款": words.SENDER,
        "提案者称谓": called, "情况分析": situation, "具体建议": suggestions,
    }  # fmt: skip


def _share(share: Assignment) -> dict[str, str]:
    return {
        "单位": share.unit.name, "方式": share.get_kind_display(), "签收期限": _day(share.sign_due_on),
        "答复期限": due_words(share),
    }  # fmt: skip


def _handed_on(slip: Slip):
    return timezone.localdate(min((s.assigned_at for s in slip.shares), default=slip.case.proposal.assigned_at))


def _write(values: Values) -> bytes:
    paper = page.new_paper()
    page.title(paper, TITLE)
    page.subtitle(paper, values["案号"])
    _sides(paper, [(label, values[name]) for label, name in FACTS])
    _units(paper, values["承办单位表"])
    page.heading(paper, "办理要求和签收")
    signed = (("签收人", ""), ("签收日期", f"{words.BLANK}年＿＿月＿＿日"))
    _sides(paper, [("办理要求", values["办理要求"]), *signed])
    layout.signature(paper, values["落款"], values["交办日期"])
    enclose(paper, *(values[name] for name in ("案由", "提案者称谓", "提案人", "情况分析", "具体建议")))
    return page.content(paper)


def _sides(paper: Paper, rows) -> None:
    """Label and text, side by side."""
    table = tables.new(paper, SIDES)
    for label, text in rows:
        tables.row(table, (label, text), SIDES, (page.HEADING, page.TEXT))


def _units(paper: Paper, shares: list[dict[str, str]]) -> None:
    page.heading(paper, "承办单位和期限")
    table = tables.new(paper, UNITS)
    tables.head(table, ("承办单位", "承办方式", "签收期限", "答复期限"), UNITS)
    for cells in marks.cells(shares, ("单位", "方式", "签收期限", "答复期限")):
        tables.row(table, cells, UNITS)


def due_words(share: Assignment) -> str:
    """2026年8月6日, or what became of it: 已延期至…, 已答复, 会办意见 where the unit only assists."""
    if share.state in AssignmentState.OVER:
        return share.get_state_display()
    day = _day(share.due_on)
    if share.is_prolonged:
        return f"延期至{day}"
    return f"{day}（会办意见）" if share.is_assist else day


def _day(on) -> str:
    return words.day(on) if on else words.BLANK


def demands(slip: Slip) -> list[str]:
    """What is asked of the units, with the dates of this case."""
    back = max((share.return_due_on for share in slip.shares if share.return_due_on), default=None)
    until = f"于{words.day(back)}前" if back else "在退办期限内"
    return [
        "请及时签收并确定分管领导和经办人。",
        f"不属本单位职责的，请{until}写明理由和建议承办单位，申请退办；逾期不再受理。",
        "办理中请主动与提案人联系，听取意见，对每条建议逐一研究答复；会办单位按期把会办意见送主办单位。",
        "确不能按期答复的，请在期限届满前申请延期，每次交办只能延期一次，最迟不超过首次交办后6个月。",
    ]


SLIP = Kind("assignment_slip", "提案交办单", (
    Field("案号", "届次和案号", "县政协十一届四次会议第001号", required=True),
    Field("案由", "提案的题目", "关于加强校园周边交通管理的提案", required=True),
    Field("提案人", "全部署名", "周明远（第一提案人）、李素芬", required=True),
    Field("类别", "提案的业务类别", "教科文卫体"),
    Field("交办日期", "首次交办的日期", "2026年4月23日", required=True),
    Field("交办说明", "交办时写的说明，没有时为“无”", "请与县公安局共同研究。"),
    Rows("承办单位表", "各承办单位和期限", "承办", (
        Field("单位", "承办单位", "县教育局"), Field("方式", "独办、主办、会办或分办", "主办"),
        Field("签收期限", "签收的期限", "2026年4月28日"), Field("答复期限", "答复或报会办意见的期限", "2026年7月23日"),
    ), (
        ("县教育局", "主办", "2026年4月28日", "2026年7月23日"),
        ("县公安局", "会办", "2026年4月28日", "2026年5月23日（会办意见）"),
    ), required=True),
    Field("办理要求", "对承办单位的要求，每条一段", "1．请及时签收并确定分管领导和经办人。\n2．办理中请主动与提案人联系。"),
    Field("落款", "交办机关", words.SENDER, required=True),
    Field("提案者称谓", "“提案人”或“提案单位”", "提案人"),
    Field("情况分析", "附件：提案的情况分析", "校门口上下学时段车流集中。\n家长接送车辆随意停放。"),
    Field("具体建议", "附件：提案的各条建议", "1．在校门口设置限时停车位。\n2．上下学时段安排交警值守。"),
), _write)  # fmt: skip
PAPERS = (SLIP,)
