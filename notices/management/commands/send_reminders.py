from django.core.management.base import BaseCommand

from notices.reminders import scan


class Command(BaseCommand):
    help = "不经 Celery，查找到期和逾期的事项并提醒（可重复运行；只在工作日上班时间发出）"

    def handle(self, *args, **options):
        self.stdout.write(f"已发出提醒 {scan.remind()} 条。")
