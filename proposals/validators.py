"""Rules on a proposal's content, shared by forms, API, admin and import."""

from .kinds import Kind
from .models import Proposal

TITLE_MAX = 100
TEXT_GUIDE = 1500  # what situation and suggestions together should not exceed; never refused
SITUATION_MAX = 5000
SUGGESTION_MAX = 2000
SUGGESTIONS_MAX = 20
UNITS_MAX = 5


def missing(proposal: Proposal) -> list[tuple[str, str]]:
    """What a draft still lacks before it can be submitted: (field, sentence), empty when ready.

    Rule: 一事一案; 有情况、有分析、有具体建议 (提案工作条例), and the three declarations.
    """
    return [*_text_gaps(proposal), *_proposer_gaps(proposal), *_declaration_gaps(proposal)]


def _text_gaps(proposal: Proposal):
    if not proposal.title.strip():
        yield "title", "请填写案由"
    if not proposal.situation.strip():
        yield "situation", "请填写情况分析"
    if not any(s.text.strip() for s in proposal.suggestions.all()):
        yield "suggestions", "请至少填写一条具体建议"
    if proposal.business_category_id is None:
        yield "business_category", "请选择类别"


def _proposer_gaps(proposal: Proposal):
    if proposal.kind == Kind.COLLECTIVE and proposal.organization_id is None:
        yield "organization", "集体提案请选择提案单位"


def _declaration_gaps(proposal: Proposal):
    if not proposal.no_secrets:
        yield "no_secrets", "请确认内容不含国家秘密和工作秘密"
    if not proposal.own_work:
        yield "own_work", "请确认系本人（本单位）调研撰写"
    if proposal.publish_consent is None:
        yield "publish_consent", "请选择是否同意公开"
    if proposal.publish_consent is False and not proposal.publish_refusal.strip():
        yield "publish_refusal", "不同意公开的，请说明理由"
