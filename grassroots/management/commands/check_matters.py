"""Check every matter of 基层协商 against what must hold at every moment."""

from django.core.management.base import BaseCommand, CommandError

from grassroots.invariants import findings
from grassroots.models import Matter


class Command(BaseCommand):
    help = "核对全部基层协商议题：所在议事室、环节和期限、共识要点、评价、转办、转线下；有不符的逐条列出并以失败结束。"

    def handle(self, **options):
        found = 0
        for found, finding in enumerate(findings(), start=1):  # noqa: B007
            self.stdout.write(str(finding))
        if found:
            raise CommandError(f"有 {found} 处不符，请对照办理记录核查。")
        self.stdout.write(f"核对完毕：{Matter.objects.count()} 件协商议题，没有不符。")
