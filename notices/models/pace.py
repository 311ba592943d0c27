from django.db import models
from django.utils import timezone


class Pace(models.Model):
    """How fast a provider may still be asked, for all workers together (notices.channels.pace)."""

    provider = models.CharField("服务商", max_length=20, primary_key=True)
    full_until = models.DateTimeField("占用至", default=timezone.now)
    rests_until = models.DateTimeField("暂停至", null=True, blank=True)

    class Meta:
        verbose_name = "发送节奏"
        verbose_name_plural = "发送节奏"

    def __str__(self) -> str:
        return self.provider
