from django.core.management.base import BaseCommand

from notices import digests, mailing
from workflow.door import COMMAND, through


class Command(BaseCommand):
    help = "不经 Celery，生成并发送每日汇总邮件（只在工作时间内，每人每天一封，可重复运行）"

    def handle(self, *args, **options):
        with through(COMMAND):
            made, sent = digests.send_due(), mailing.send_due()
        self.stdout.write(f"已生成每日汇总 {made} 封，已发送邮件 {sent} 封。")
