"""Check every proposal against the invariants of domain.md §16B."""

from proposals import invariants
from proposals.models import Proposal
from workflow.checking import CheckCommand


class Command(CheckCommand):
    help = "核对全部提案：收件与立案的账目、案号、承办方式、期限、答复、评价；有不符的逐条列出并以失败结束。"

    def findings(self):
        return invariants.faults()

    def looked_at(self) -> str:
        return f"{Proposal.objects.count()} 件提案，{len(invariants.CHECKS)} 项检查"
