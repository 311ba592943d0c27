from django.core.management.base import BaseCommand, CommandError

from consultations.invariants import problems


class Command(BaseCommand):
    help = "检查协商议政的数据：印发的议题一个不少、形式与类别相符、每条建议有单位有状态、转化率与明细一致、办结的没有遗留、作废的批示有原因。"

    def handle(self, *args, **options):
        found = problems()
        for sentence in found:
            self.stdout.write(sentence)
        if found:
            raise CommandError(f"发现 {len(found)} 个问题，见上面各行。")
        self.stdout.write("没有发现问题。")
