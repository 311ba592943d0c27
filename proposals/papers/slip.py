"""交办单: what a case is handed out with, to all its units: who does what by when, and the text (domain §3.1, §12)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from docx.document import Document as Paper

from documents.papers import letter as layout
from documents.papers import page, tables
from proposals.acts import ProposalAct
from proposals.models import Assignment
from proposals.states import AssignmentState, ProposalState
from workflow.models import Event

from . import material, words
from .material import Case
from .writing import enclose

TITLE = "政协西平县委员会提案交办单"
SIDES = (30, 126)
UNITS = (48, 24, 42, 42)


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
    paper = page.new_paper()
    page.title(paper, TITLE)
    page.subtitle(paper, words.number(slip.case.proposal))
    _facts(paper, slip)
    _units(paper, slip)
    _demands(paper, slip)
    layout.signature(paper, words.SENDER, _handed_on(slip))
    enclose(paper, slip.case.proposal, words.proposers(slip.case))
    return page.content(paper)


def _handed_on(slip: Slip):
    return timezone.localdate(min((s.assigned_at for s in slip.shares), default=slip.case.proposal.assigned_at))


def _facts(paper: Paper, slip: Slip) -> None:
    proposal, table = slip.case.proposal, tables.new(paper, SIDES)
    rows = (
        ("案号", words.number(proposal)), ("案由", str(proposal)), ("提案者", words.proposers(slip.case)),
        ("类别", str(proposal.business_category or words.BLANK)),
        ("交办日期", words.day(_handed_on(slip))), ("交办说明", slip.note or "无"),
    )  # fmt: skip
    for label, text in rows:
        tables.row(table, (label, text), SIDES, (page.HEADING, page.TEXT))


def _units(paper: Paper, slip: Slip) -> None:
    page.heading(paper, "承办单位和期限")
    table = tables.new(paper, UNITS)
    tables.head(table, ("承办单位", "承办方式", "签收期限", "答复期限"), UNITS)
    for share in slip.shares:
        tables.row(table, (share.unit.name, share.get_kind_display(), _day(share.sign_due_on), due_words(share)), UNITS)


def due_words(share: Assignment) -> str:
    """2026年8月6日, or what became of it: 已延期至…, 已答复, 会办意见 where the unit only assists."""
    if share.state in AssignmentState.DONE:
        return "已报会办意见" if share.is_assist else "已答复"
    day = _day(share.due_on)
    if share.is_prolonged:
        return f"延期至{day}"
    return f"{day}（会办意见）" if share.is_assist else day


def _demands(paper: Paper, slip: Slip) -> None:
    """What is asked, and where the unit signs that it has the paper."""
    page.heading(paper, "办理要求和签收")
    table = tables.new(paper, SIDES)
    numbered = "\n".join(f"{n}．{text}" for n, text in enumerate(demands(slip), start=1))
    rows = (("办理要求", numbered), ("签收人", ""), ("签收日期", f"{words.BLANK}年＿＿月＿＿日"))
    for label, text in rows:
        tables.row(table, (label, text), SIDES, (page.HEADING, page.TEXT))


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
