from django.core.management.base import BaseCommand

from exports import running, tending
from workflow.door import COMMAND, through


class Command(BaseCommand):
    help = "不经 Celery，生成排队的导出文件，并删除过期的（可重复运行）"

    def handle(self, *args, **options):
        with through(COMMAND):
            made, removed = running.run_waiting(), tending.remove_expired()
        self.stdout.write(f"已生成文件 {made} 个，删除过期文件 {removed} 个。")
