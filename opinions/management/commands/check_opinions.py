"""Check every report against what must hold at every moment."""

from opinions import invariants
from opinions.models import OpinionReport
from workflow.checking import CheckCommand


class Command(CheckCommand):
    help = "核对全部社情民意：编发与期号、采用、转线下、综合稿、转办；有不符的逐条列出并以失败结束。"

    def findings(self):
        return invariants.findings()

    def looked_at(self) -> str:
        return f"{OpinionReport.objects.count()} 条社情民意"
