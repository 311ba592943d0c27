"""Check every report against what must hold at every moment."""

from django.core.management.base import BaseCommand, CommandError

from opinions.invariants import findings
from opinions.models import OpinionReport


class Command(BaseCommand):
    help = "核对全部社情民意：编发与期号、采用、转线下、综合稿、转办；有不符的逐条列出并以失败结束。"

    def handle(self, **options):
        found = 0
        for found, finding in enumerate(findings(), start=1):  # noqa: B007
            self.stdout.write(str(finding))
        if found:
            raise CommandError(f"有 {found} 处不符，请对照办理记录核查。")
        self.stdout.write(f"核对完毕：{OpinionReport.objects.count()} 条社情民意，没有不符。")
