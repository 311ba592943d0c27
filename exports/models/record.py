from django.conf import settings
from django.db import models

from members.models.privacy import Kept


class Step(models.TextChoices):
    DIRECT = "direct", "直接下载"
    MADE = "made", "后台生成"
    TAKEN = "taken", "下载后台生成的文件"


class ExportRecord(Kept):
    """Somebody took a list, or the product of a job, out of the portal. Written once, never changed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="导出人", on_delete=models.PROTECT, related_name="+"
    )
    step = models.CharField("方式", max_length=8, choices=Step.choices)
    what = models.CharField("内容", max_length=100)
    asked = models.CharField("筛选条件", max_length=500, blank=True)
    columns = models.TextField("栏目", blank=True)
    audience = models.CharField("使用范围", max_length=20, blank=True)
    rows = models.PositiveIntegerField("行数", default=0)
    purpose = models.CharField("用途", max_length=100, blank=True)
    job = models.UUIDField("后台任务编号", null=True, blank=True)

    class Meta(Kept.Meta):
        verbose_name = "导出记录"
        verbose_name_plural = "导出记录"

    def __str__(self) -> str:
        return f"{self.user}：{self.what}"
