from django.conf import settings
from django.db import models


class Choice(models.Model):
    """The columns and the audience that a person chose for a list the last time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="用户", on_delete=models.CASCADE, related_name="+")
    listing = models.CharField("列表", max_length=40)
    columns = models.JSONField("栏目", default=list)
    audience = models.CharField("使用范围", max_length=10)

    class Meta:
        verbose_name = "导出栏目的选择"
        verbose_name_plural = "导出栏目的选择"
        constraints = [models.UniqueConstraint(fields=["user", "listing"], name="export_choice_once")]

    def __str__(self) -> str:
        return f"{self.user}：{self.listing}"
