from django.conf import settings
from django.db import models
from django.utils import timezone


class CalendarFeed(models.Model):
    """The private address of a person's calendar. Only the hash of its secret part is kept; a new one ends the old."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token_hash = models.CharField("地址校验值", max_length=64, unique=True)
    created_at = models.DateTimeField("生成时间", default=timezone.now, editable=False)
    last_fetched_at = models.DateTimeField("最近读取", null=True, blank=True, editable=False)
    content_hash = models.CharField("内容校验值", max_length=64, blank=True, editable=False)
    changed_at = models.DateTimeField("内容变动", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "日历订阅"
        verbose_name_plural = "日历订阅"

    def __str__(self) -> str:
        return f"{self.user}的日历"
