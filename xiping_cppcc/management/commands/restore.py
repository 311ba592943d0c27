"""`manage.py restore DIR`, on an empty database and an empty media folder."""

from pathlib import Path

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from xiping_cppcc.backups import restoring
from xiping_cppcc.embedded.refusal import CannotStart


class Command(BaseCommand):
    help = "从备份目录恢复到空的数据库和附件目录，核对校验值、行数和办理记录。"
    # The checks of other apps may ask tables that are not there yet.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="备份目录")

    def handle(self, *args, folder, **options):
        try:
            found = restoring.restore(folder.absolute())
        except CannotStart as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = sum(found["rows"].values())
        self.stdout.write(f"已恢复 {found['made_at']} 的备份：{len(found['rows'])} 张表 {rows} 行，行数一致。")
        call_command("migrate", interactive=False, verbosity=0)
        if "verify_events" in get_commands():
            call_command("verify_events", stdout=self.stdout)
