"""Moves the embedded database to the PostgreSQL version that the portal now brings along."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from xiping_cppcc.embedded.move import move_to_current_major
from xiping_cppcc.embedded.refusal import CannotStart


class Command(BaseCommand):
    help = "把内置数据库转换到当前的 PostgreSQL 版本；原数据保留在旁边的目录。"
    requires_system_checks = []

    def handle(self, *args, **options):
        if not settings.EMBEDDED_POSTGRES:
            raise CommandError("已设置 DATABASE_URL，内置数据库没有使用，无需转换。")
        try:
            kept = move_to_current_major(settings.PORTAL_DATA)
        except CannotStart as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已转换，原数据保留在 {kept}。" if kept else "内置数据库已是当前版本，无需转换。")
