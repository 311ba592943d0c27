"""The facts beside a case: who, what kind, when, as label and value."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from proposals import proxies
from proposals.collective import proof_of, seals
from proposals.kinds import CollectiveProof
from proposals.models import Cosignature, Proposal

from .reader import Reader


def facts(proposal: Proposal, agreed: list[Cosignature], reader: Reader) -> list[tuple[str, str]]:
    """Rows for the summary list; what is not known is left out."""
    rows = [
        (proposal.proposer_title, proposal.proposer_name),
        ("联名人", _names(row for row in agreed if not row.is_support)),
        ("附议人", _names(row for row in agreed if row.is_support)),
        ("签署", proof_of(proposal) if not reader.is_outside else ""),
        ("提案形式", f"{proposal.get_kind_display()}提案"),
        ("届次", f"{proposal.session}"),
        ("时间类型", _timing(proposal) if proposal.submitted_at else ""),
        ("类别", _categories(proposal)),
        ("建议承办", _suggested(proposal) if reader.signs or reader.handles or reader.drafts else ""),
        ("提交时间", _moment(proposal.submitted_at)),
        ("流水号", proposal.receipt_number or ""),
        ("立案时间", _moment(proposal.filed_at)),
        ("相似提案", _similar(proposal) if reader.signs or reader.reviews else ""),
        ("录入方式", proxies.entry_words(proposal, with_clerk=reader.signs or reader.reviews)),
        ("代录确认", proxies.answer_words(proposal) if reader.signs or reader.reviews else ""),
        ("获评", _award(proposal)),
        ("归档", _moment(proposal.archived_at) if reader.reviews or reader.handles else ""),
        ("是否公开", _consent(proposal) if reader.signs or reader.reviews else ""),
    ]
    return [row for row in rows if row[1]]


def with_seal(rows: list, proposal: Proposal) -> list:
    """The same rows; 签署 leads to the scan of the original where there is one."""
    if proposal.collective_proof != CollectiveProof.SCAN:
        return rows
    scan = seals(proposal).first()
    url = reverse("documents:download", args=[scan.pk]) if scan else ""
    return [{"key": k, "value": v, "href": url, "action": "查看原件"} if k == "签署" else (k, v) for k, v in rows]


def _award(proposal: Proposal) -> str:
    on = proposal.excellent_on
    return f"优秀提案（{on.year}年{on.month}月{on.day}日主席会议决定）" if on else ""


def _names(rows) -> str:
    return "、".join(row.person.name for row in rows)


def _timing(proposal: Proposal) -> str:
    admitted = "（截止后提交，经提案委准予）" if proposal.admitted_late else ""
    return f"{proposal.get_timing_display()}{admitted}"


def _categories(proposal: Proposal) -> str:
    names = (proposal.business_category, proposal.overall_category)
    return "、".join(str(name) for name in names if name)


def _suggested(proposal: Proposal) -> str:
    return "、".join(str(unit) for unit in proposal.suggested_units.all())


def _consent(proposal: Proposal) -> str:
    if proposal.publish_consent is None:
        return ""
    refusal = f"（{proposal.publish_refusal}）" if proposal.publish_refusal else ""
    return "提案人同意公开" if proposal.publish_consent else f"提案人不同意公开{refusal}"


def _similar(proposal: Proposal) -> str:
    """What was listed before submitting, and whether the proposer ticked that they looked at it."""
    if proposal.submitted_at is None or proposal.similar_shown_at is None:
        return ""
    if not proposal.similar_shown:
        return "提交前没有找到相似提案"
    read = "提案人已阅" if proposal.similar_read_at else "提案人没有勾选“已阅”"
    return f"提交前列出 {len(proposal.similar_shown)} 件，{read}"


def _moment(at) -> str:
    return date_format(timezone.localtime(at), "Y年n月j日 H:i") if at else ""
