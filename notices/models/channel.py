from django.conf import settings
from django.db import models


class Channel(models.TextChoices):
    EMAIL = "email", "电子邮件"
    DIGEST = "digest", "每日汇总邮件"
    SMS = "sms", "短信"
    WECOM = "wecom", "企业微信群"
    DINGTALK = "dingtalk", "钉钉群"


ROBOTS = (Channel.WECOM, Channel.DINGTALK)


class ChannelPreference(models.Model):
    """A person's choice about one kind of notices on one channel. No row: as notices.kinds has it for the role."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="账号",
        on_delete=models.CASCADE,
        related_name="channel_preferences",
    )
    kind = models.CharField("消息种类", max_length=20)
    channel = models.CharField("渠道", max_length=12, choices=Channel.choices)
    enabled = models.BooleanField("接收", default=True)

    class Meta:
        verbose_name = "接收设置"
        verbose_name_plural = "接收设置"
        constraints = [models.UniqueConstraint(fields=["user", "kind", "channel"], name="preference_user_kind_channel")]

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.get_channel_display()}"
