from django.conf import settings
from django.db import models


class Channel(models.TextChoices):
    EMAIL = "email", "电子邮件"


class ChannelPreference(models.Model):
    """A person's choice about one channel. No row: the channel is on. The inbox cannot be turned off."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="账号",
        on_delete=models.CASCADE,
        related_name="channel_preferences",
    )
    channel = models.CharField("渠道", max_length=12, choices=Channel.choices)
    enabled = models.BooleanField("接收", default=True)

    class Meta:
        verbose_name = "接收设置"
        verbose_name_plural = "接收设置"
        constraints = [models.UniqueConstraint(fields=["user", "channel"], name="preference_user_channel")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_channel_display()}"
