"""How letters name people, cases and units."""

from proposals.kinds import AssignmentKind, Kind
from proposals.models import Proposal

from .material import Case

SENDER = "政协西平县委员会提案委员会"
# 西平 has no published rules of its own (domain.md §1.1); the name that all of them share.
REGULATION = "政协提案工作条例"
BLANK = "＿＿＿＿"


def addressee(case: Case) -> str:
    """周明远委员, or the body in its full name."""
    proposal = case.proposal
    if proposal.organization_id:
        return proposal.organization.name
    return f"{proposal.first_proposer or BLANK}委员"


def you(case: Case) -> str:
    return "贵单位" if case.proposal.organization_id else "您"


def named(case: Case) -> str:
    """您与李素芬、郭建业委员联名提出的《关于……的提案》（流水号 11-4-0007）."""
    return f"{you(case)}{_with(case)}提出的《{case.proposal}》（{number(case.proposal)}）"


def _with(case: Case) -> str:
    count = len(case.cosigners)
    if not count:
        return "联名" if case.proposal.kind == Kind.JOINT else ""
    return f"与{'、'.join(case.cosigners)}{f'等{count}位' if count > 1 else ''}委员联名"


def proposers(case: Case) -> str:
    """周明远（第一提案人）、李素芬、郭建业; everybody who signed, or the body."""
    proposal = case.proposal
    if not case.cosigners:
        return proposal.organization.name if proposal.organization_id else str(proposal.first_proposer or BLANK)
    return "、".join([f"{proposal.first_proposer}（第一提案人）", *case.cosigners])


def number(proposal: Proposal) -> str:
    """县政协十一届四次会议第001号, or the receipt number."""
    return f"县政协{proposal.session}第{proposal.short_number}号" if proposal.is_numbered else proposal.number


def units(case: Case) -> str:
    """县教育局（主办）、县财政局（会办）; a sole unit by its name alone. Empty while nobody has it."""
    return "、".join(_unit(share) for share in case.shares)


def _unit(share) -> str:
    alone = share.kind == AssignmentKind.SOLE
    return share.unit.name if alone else f"{share.unit.name}（{share.get_kind_display()}）"


def day(on) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def tell_the_others(case: Case) -> list[str]:
    return ["请将以上情况转告各联名委员。"] if case.cosigners else []


def ask(case: Case) -> str:
    return f"{you(case)}如有疑问，请与提案委员会联系（联系人：{BLANK}，电话：{BLANK}{BLANK}）。"
