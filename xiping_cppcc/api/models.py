"""What was answered to a POST that carried an Idempotency-Key, for a day."""

from django.conf import settings
from django.db import models


class KeptAnswer(models.Model):
    """`status` is empty while the request is being done; its row is then locked by whoever does it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="账号", on_delete=models.CASCADE, related_name="+")
    route = models.CharField("地址", max_length=300)
    key = models.CharField("请求标识", max_length=200)
    fingerprint = models.CharField("内容校验值", max_length=64)
    status = models.PositiveSmallIntegerField("答复状态", null=True)
    headers = models.JSONField("答复头", default=dict)
    body = models.TextField("答复内容", blank=True)
    created_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        db_table = "api_kept_answer"
        verbose_name = "接口答复存底"
        verbose_name_plural = "接口答复存底"
        constraints = [
            models.UniqueConstraint(fields=["user", "route", "key"], name="kept_answer_once"),
        ]
        indexes = [models.Index(fields=["created_at"], name="kept_answer_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
