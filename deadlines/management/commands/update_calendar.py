import re

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from deadlines import recompute
from deadlines.filling import Filled, default_years, fill


class Command(BaseCommand):
    help = "Bring the calendar of working days up to date with the holidays package; staff rows stay."

    def add_arguments(self, parser: CommandParser):
        parser.add_argument("--years", help="2026, 2024-2027 or 2024,2026 (default: all kept years)")

    def handle(self, *args, years=None, **options):
        with transaction.atomic():
            filled = fill(_years(years) if years else default_years())
            changes = recompute.recompute() if filled.anything else []
        self._report(filled)
        for change in changes:
            self.stdout.write(f"{change.what}：到期日由 {change.old} 改为 {change.new}")
        self.stdout.write(f"重新计算后，{len(changes)} 个未办结事项的到期日有变化。")

    def _report(self, filled: Filled):
        self.stdout.write(
            f"日历：新增 {len(filled.added)} 天，更改 {len(filled.changed)} 天，删除 {len(filled.removed)} 天。"
        )
        for day in filled.kept:
            self.stdout.write(f"保留人工录入的 {day:%Y-%m-%d}，它与数据包不同。")
        for year in filled.without_notice:
            self.stdout.write(self.style.WARNING(f"{year} 年：数据包里没有国务院放假安排，{_REMEDY}"))


_REMEDY = "暂按法定节假日推算。通知公布后请升级数据包再运行本命令，或在后台“年度放假安排”里录入。"


def _years(text: str) -> list[int]:
    years: list[int] = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*(20\d\d)(?:\s*-\s*(20\d\d))?\s*", part)
        if not match:
            raise CommandError(f"--years 看不懂“{part}”。请写成 2026、2024-2027 或 2024,2026。")
        first, last = int(match[1]), int(match[2] or match[1])
        years.extend(range(first, last + 1))
    return years
