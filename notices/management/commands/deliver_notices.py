from django.core.management.base import BaseCommand

from notices import delivery, mailing


class Command(BaseCommand):
    help = "不经 Celery，把到期的通知送到收件箱并发送邮件（可重复运行）"

    def handle(self, *args, **options):
        delivered, sent = delivery.deliver_due(), mailing.send_due()
        self.stdout.write(f"已送出通知 {delivered} 条，已发送邮件 {sent} 封。")
