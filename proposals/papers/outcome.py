"""Which letters a case has, and what they say: one function for each outcome."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from deadlines.book import Book
from members.periods import today
from proposals.kinds import AssignmentKind, Disposition
from proposals.models import Proposal
from proposals.states import AssignmentState, ProposalState

from . import words
from .material import Case

FILED, MERGED, REJECTED, FORWARDED = "filed", "merged", "rejected", "forwarded"
# kind → what the paper is called
TITLES = {FILED: "立案通知书", MERGED: "并案通知书", REJECTED: "不予立案通知书", FORWARDED: "转意见建议函"}
# kind → the title that stands on it
HEADINGS = {
    FILED: "提案立案通知书", MERGED: "提案并案通知书", REJECTED: "提案不予立案通知书", FORWARDED: "关于转送意见建议的函",
}  # fmt: skip
# Letters to the proposer; the other one goes to a unit.
TO_PROPOSERS = (FILED, MERGED, REJECTED)


@dataclass(frozen=True)
class Letter:
    """`facts` are the lines (label, text) of the first part, `told` the paragraphs of the second (letter_papers.py)."""

    kind: str
    title: str
    addressee: str
    opening: str
    facts: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    closing: tuple[str, ...]
    dated_on: date | None
    enclosed: Proposal | None = None
    case: Case | None = field(default=None, compare=False)

    @property
    def name(self) -> str:
        return TITLES[self.kind]


def kinds(proposal: Proposal) -> tuple[str, ...]:
    """The letters this case has now; no query. What went offline is told offline."""
    if proposal.moved_offline_at:
        return ()
    if proposal.state in ProposalState.FILED_ON:
        return (FILED,)
    if proposal.state == ProposalState.MERGED:
        return (MERGED,)
    if proposal.state != ProposalState.NOT_FILED:
        return ()
    goes_to_unit = proposal.disposition == Disposition.SUGGESTION and proposal.disposition_unit_id
    return (REJECTED, FORWARDED) if goes_to_unit else (REJECTED,)


def letters(case: Case, book: Book) -> list[Letter]:
    return [WRITERS[kind](case, book) for kind in kinds(case.proposal)]


def why_none(proposal: Proposal) -> str:
    """Why a case has no letter, for the note that goes with many of them."""
    if proposal.moved_offline_at:
        return "已转线下办理，不在系统里出通知书"
    if proposal.state == ProposalState.WITHDRAWN:
        return "已撤案，没有通知书"
    if proposal.state == ProposalState.RETURNED:
        return "已退回修改，重新提交并审定后再出通知书"
    return f"目前是“{proposal.get_state_display()}”，还没有审查结论"


def _filed(case: Case, book: Book) -> Letter:
    proposal = case.proposal
    items = (
        ("案号", words.number(proposal) if proposal.is_numbered else "待编号"),
        ("案由", str(proposal)),
        ("提案人", words.proposers(case)),
        ("类别", str(proposal.business_category or words.BLANK)),
        ("承办单位", words.units(case) or "立案后确定，确定后另行告知"),
    )
    return Letter(
        FILED, HEADINGS[FILED], words.addressee(case),
        f"{words.named(case)}收悉。根据{words.REGULATION}的有关规定，经审查，决定予以立案。现将有关事项通知如下：",
        items, tuple(_what_follows(case, book)),
        (*words.tell_the_others(case), words.ask(case), "特此通知。"), case.decided_on, case=case,
    )  # fmt: skip


def _what_follows(case: Case, book: Book) -> list[str]:
    state, you = case.proposal.state, words.you(case)
    rate = f"收到答复后，请{you}在{_limit(case, book, 'rating')}内对办理工作和办理结果作出评价。"
    if state == ProposalState.FILED:
        before = "" if case.proposal.is_numbered else "编定案号后，"
        return [
            f"{before}提案将交承办单位办理。承办单位应在交办之日起{_limit(case, book, 'reply')}内书面答复{you}，"
            f"最迟不超过6个月；办理中会主动与{you}联系，听取意见。",
            rate,
        ]
    if state == ProposalState.HANDLING:
        return [f"提案已交{words.units(case)}办理，{_answer_by(case)}办理中承办单位会主动与{you}联系，听取意见。", rate]
    if state == ProposalState.CLOSED:
        return ["提案已经办结。答复内容可在智慧政协平台查看。"]
    return [f"承办单位已经答复。请{you}在智慧政协平台查看，并对办理工作和办理结果作出评价。"]


def _limit(case: Case, book: Book, step: str) -> str:
    """3个月, 15个工作日: as the due rules have it on the day of the decision."""
    on = case.decided_on or today()
    return book.rule_for(step, on, case.proposal.timing).words.replace(" ", "")


def _answer_by(case: Case) -> str:
    """应于2026年7月23日前书面答复您。; the latest date of those who answer."""
    answering = [share for share in case.shares if share.kind in AssignmentKind.ANSWERING]
    days = [share.due_on for share in answering if share.due_on and share.state in AssignmentState.OPEN]
    return f"应于{words.day(max(days))}前书面答复{words.you(case)}。" if days else ""


def _merged(case: Case, book: Book) -> Letter:
    proposal, main = case.proposal, case.proposal.merged_into
    number = (("原案号", words.number(proposal)),) if proposal.is_numbered else ()
    items = (
        *number,
        ("案由", str(proposal)),
        ("提案人", words.proposers(case)),
        (
            "并入",
            f"{words.number(main)}《{main}》（{main.proposer_title}：{main.proposer_name}）" if main else words.BLANK,
        ),
        ("承办单位", (words.units(case) if main else "") or "确定后另行告知"),
    )
    reason = f"并案理由：{case.reason}。".replace("。。", "。") if case.reason else ""
    return Letter(
        MERGED, HEADINGS[MERGED], words.addressee(case),
        f"{words.named(case)}收悉。根据{words.REGULATION}的有关规定，经审查，该提案与另一件提案内容相同或相近，"
        f"决定并案办理。{reason}现将有关事项通知如下：",
        items, _after_merging(case, book),
        (*words.tell_the_others(case), words.ask(case), "特此通知。"), case.decided_on, case=case,
    )  # fmt: skip


def _after_merging(case: Case, book: Book) -> tuple[str, ...]:
    you, main = words.you(case), case.proposal.merged_into
    by = _answer_by(case) if main and main.state == ProposalState.HANDLING else ""
    when = by or f"承办单位应在交办之日起{_limit(case, book, 'reply')}内书面答复，最迟不超过6个月。"
    if main and main.state in ProposalState.ANSWERED:
        when = "主提案已经答复，答复内容可在智慧政协平台查看。"
    return (
        f"{you}的提案原文、署名和编号都予以保留，随主提案一并交承办单位研究办理。",
        f"承办单位答复主提案时，同时答复{you}。{when}",
        f"{you}对并案有不同意见的，请及时向提案委员会提出。",
    )


def _rejected(case: Case, book: Book) -> Letter:
    proposal = case.proposal
    items = (
        ("案由", str(proposal)),
        ("提案人", words.proposers(case)),
        ("情形", str(proposal.rejection_reason or words.BLANK)),
        ("说明", case.reason or words.BLANK),
    )
    return Letter(
        REJECTED, HEADINGS[REJECTED], words.addressee(case),
        f"{words.named(case)}收悉。根据{words.REGULATION}关于不予立案情形的规定，经审查，决定不予立案。现将有关情况告知如下：",
        items, (_way(case),),
        (*words.tell_the_others(case), words.ask(case), "感谢对政协提案工作的支持，欢迎继续提出意见和建议。", "特此通知。"),
        case.decided_on, case=case,
    )  # fmt: skip


def _way(case: Case) -> str:
    proposal, you = case.proposal, words.you(case)
    to = f"转{proposal.disposition_unit.name}" if proposal.disposition_unit_id else "转有关部门"
    return {
        Disposition.OPINION: f"提案内容转为社情民意信息，按程序报送，署{you}的名。",
        Disposition.SUGGESTION: f"提案内容作为意见建议，{to}研究参考。",
        Disposition.LETTER: f"提案内容作为委员来信，{to}处理。",
        Disposition.BACK: f"提案退回{you}，不再作其他处理。",
        Disposition.NONE: "提案内容不再作其他处理。",
    }.get(proposal.disposition, f"{words.BLANK}{words.BLANK}。")


def _forwarded(case: Case, book: Book) -> Letter:
    proposal = case.proposal
    who = words.proposers(case) if case.proposal.organization_id or case.cosigners else words.addressee(case)
    return Letter(
        FORWARDED, HEADINGS[FORWARDED], proposal.disposition_unit.name,
        f"{who}提出的《{proposal}》（{words.number(proposal)}），经审查未予立案，内容涉及你单位职责，"
        f"现作为意见建议转送你单位研究参考。",
        (), (
            "请你单位结合工作实际认真研究。可以采纳的，请在工作中吸收；需要了解情况的，可以直接与提出人联系。"
            "研究情况请向提出人反馈，并抄告我委。",
            "意见建议不编提案案号，不计入提案办理。",
        ),
        (f"附件：{proposal}",), case.decided_on, enclosed=proposal, case=case,
    )  # fmt: skip


WRITERS: dict[str, Callable[[Case, Book], Letter]] = {
    FILED: _filed, MERGED: _merged, REJECTED: _rejected, FORWARDED: _forwarded,
}  # fmt: skip
