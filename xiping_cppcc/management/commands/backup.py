"""`manage.py backup DIR`, and the daily one of the scheduler."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from xiping_cppcc.backups import writing
from xiping_cppcc.embedded.refusal import CannotStart


class Command(BaseCommand):
    help = "备份数据库、附件和设置（不含密码）到一个新目录，附校验值。"

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", type=Path, metavar="DIR", help="新目录")
        parser.add_argument("--daily", action="store_true", help="写入 BACKUP_DIR 下按日期命名的目录，并清理旧备份")

    def handle(self, *args, folder, daily, **options):
        if bool(folder) == daily:
            raise CommandError("请给出备份目录，例如：manage.py backup 备份目录；或使用 --daily。")
        try:
            folder = writing.back_up_daily() if daily else folder.absolute()
            found = writing.manifest.read(folder) if daily else writing.back_up(folder)
        except CannotStart as refusal:
            raise CommandError(str(refusal)) from refusal
        rows, files = sum(found["rows"].values()), len(found["files"])
        self.stdout.write(f"已备份到 {folder}：{len(found['rows'])} 张表 {rows} 行，{files} 个文件。")
