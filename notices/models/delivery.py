from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from notices.patience import MAX_TRIES

from .channel import ROBOTS, Channel
from .digest import Digest
from .message import Message


class DeliveryState(models.TextChoices):
    PENDING = "pending", "待发送"
    SENDING = "sending", "发送中"
    SENT = "sent", "已发送"
    FAILED = "failed", "失败待重试"
    DEAD = "dead", "已放弃"


class DeliveryQuerySet(models.QuerySet):
    def by(self, channel: str):
        """The daily mail goes by e-mail."""
        return self.filter(channel__in=(Channel.EMAIL, Channel.DIGEST) if channel == Channel.EMAIL else (channel,))

    def of(self, user):
        return self.filter(recipient=user)

    def due(self):
        """What may be sent now, by the database's clock; also what a killed worker left half-done."""
        waiting = Q(state__in=(DeliveryState.PENDING, DeliveryState.FAILED), next_try_at__lte=Now())
        abandoned = Q(state=DeliveryState.SENDING, lease_until__lt=Now(), attempts__lt=MAX_TRIES)
        return self.filter(waiting | abandoned)

    def spent(self):
        """Left half-done at the last try."""
        return self.filter(state=DeliveryState.SENDING, lease_until__lt=Now(), attempts__gte=MAX_TRIES)


class Delivery(models.Model):
    """One message, or one daily mail of many, on its way by one channel.

    The address is the one it last went to, or is to go to: an e-mail address or a telephone number, nothing for a
    robot, which has one group to write to.
    """

    State = DeliveryState

    channel = models.CharField("渠道", max_length=12, choices=Channel.choices, default=Channel.EMAIL)
    message = models.ForeignKey(
        Message, verbose_name="消息", null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    digest = models.OneToOneField(
        Digest, verbose_name="每日汇总", null=True, blank=True, on_delete=models.PROTECT, related_name="delivery"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="收件人", on_delete=models.PROTECT, related_name="deliveries"
    )
    address = models.CharField("地址", max_length=254, blank=True)
    state = models.CharField("状态", max_length=10, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    next_try_at = models.DateTimeField("下次尝试", default=timezone.now)
    lease_until = models.DateTimeField("发送中至", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    error = models.TextField("最近错误", blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "发送记录"
        verbose_name_plural = "发送记录"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_message_channel"),
            models.CheckConstraint(
                condition=Q(message=None, digest__isnull=False) | Q(message__isnull=False, digest=None),
                name="delivery_of_one_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_try_at"],
                condition=Q(state__in=["pending", "sending", "failed"]),
                name="delivery_open",
            ),
            models.Index(fields=["recipient", "-id"], name="delivery_log"),
            models.Index(fields=["address", "sent_at"], condition=Q(channel="sms"), name="delivery_numbers"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.masked_address} {self.get_state_display()}"

    @property
    def subject(self) -> str:
        return str(self.message or self.digest)

    @property
    def masked_address(self) -> str:
        """z***@example.com, 138****0001: enough to recognise a typing error, too little to write to."""
        if self.channel in ROBOTS:
            return "工作群"
        if self.channel == Channel.SMS:
            return f"{self.address[:3]}****{self.address[-4:]}"
        name, _, domain = self.address.partition("@")
        return f"{name[:1]}***@{domain}"
