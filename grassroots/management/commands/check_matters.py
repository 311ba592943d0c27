"""Check every matter of 基层协商 against what must hold at every moment."""

from grassroots import invariants
from grassroots.models import Matter
from workflow.checking import CheckCommand


class Command(CheckCommand):
    help = "核对全部基层协商议题：所在议事室、环节和期限、共识要点、评价、转办、转线下；有不符的逐条列出并以失败结束。"

    def findings(self):
        return invariants.findings()

    def looked_at(self) -> str:
        return f"{Matter.objects.count()} 件协商议题"
