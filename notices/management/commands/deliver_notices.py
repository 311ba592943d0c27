from django.core.management.base import BaseCommand

from notices import delivery, mailing, sending


class Command(BaseCommand):
    help = "不经 Celery，把到期的通知送到收件箱，并发送邮件、短信和群消息（可重复运行）"

    def handle(self, *args, **options):
        delivered, sent, others = delivery.deliver_due(), mailing.send_due(), sending.send_all_due()
        self.stdout.write(f"已送出通知 {delivered} 条，已发送邮件 {sent} 封，短信和群消息 {others} 条。")
