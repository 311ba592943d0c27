from django.conf import settings
from django.db import models
from django.utils import timezone

from deadlines import steps

from .message import Message


class Reminder(models.Model):
    """One person was told once of one due date. The unique key is what makes it once, also for two schedulers; another
    due date is another key, so a changed one is told anew."""

    case_kind = models.CharField("事项", max_length=20)
    case_id = models.BigIntegerField("事项编号")
    step = models.CharField("环节", max_length=30)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="收件人", on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("期限")
    offset = models.SmallIntegerField("到期前几天", help_text="负数是逾期后第几个工作日。")
    audience = models.CharField("告知对象", max_length=12)
    number = models.CharField("案号", max_length=80)
    url = models.CharField("链接", max_length=300)
    message = models.ForeignKey(
        Message, verbose_name="消息", null=True, on_delete=models.SET_NULL, related_name="reminders"
    )
    run = models.UUIDField("由哪次查找写下", db_index=True, editable=False)
    told_at = models.DateTimeField("告知时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "到期提醒"
        verbose_name_plural = "到期提醒"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_kind", "case_id", "step", "recipient", "due_on", "offset"], name="reminder_once"
            )
        ]
        indexes = [models.Index(fields=["due_on"], name="reminder_due")]

    def __str__(self) -> str:
        return f"{self.number} {steps.label(self.step)} {self.due_on:%Y-%m-%d}"
