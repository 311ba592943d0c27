from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from notices.patience import MAX_TRIES

from .message import Message


class EmailState(models.TextChoices):
    PENDING = "pending", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    FAILED = "failed", "失败待重试"
    DEAD = "dead", "已放弃"


class EmailDeliveryQuerySet(models.QuerySet):
    def due(self):
        """What may be sent now, by the database's clock; also what a killed worker left half-done."""
        waiting = models.Q(state__in=(EmailState.PENDING, EmailState.FAILED), next_try_at__lte=Now())
        abandoned = models.Q(state=EmailState.SENDING, lease_until__lt=Now(), attempts__lt=MAX_TRIES)
        return self.filter(waiting | abandoned)

    def spent(self):
        """Left half-done at the last try."""
        return self.filter(state=EmailState.SENDING, lease_until__lt=Now(), attempts__gte=MAX_TRIES)


class EmailDelivery(models.Model):
    """One message on its way by e-mail. The address is kept as it was when the message was made."""

    State = EmailState

    message = models.OneToOneField(Message, verbose_name="消息", on_delete=models.PROTECT, related_name="email")
    address = models.EmailField("邮箱")
    state = models.CharField("状态", max_length=10, choices=EmailState.choices, default=EmailState.PENDING)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    next_try_at = models.DateTimeField("下次尝试", default=timezone.now)
    lease_until = models.DateTimeField("发送中至", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    error = models.TextField("最近错误", blank=True)

    objects = EmailDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "邮件"
        verbose_name_plural = "邮件"
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["pending", "sending", "failed"]),
                name="email_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.masked_address} {self.get_state_display()}"

    @property
    def masked_address(self) -> str:
        """z***@example.com: enough to recognise a typing error, too little to write to."""
        name, _, domain = self.address.partition("@")
        return f"{name[:1]}***@{domain}"
