from django.conf import settings
from django.db import models

from .proposal import Proposal


class TextSnapshot(models.Model):
    """The text as it stood before a change (submission, polish), so that no original is ever lost."""

    proposal = models.ForeignKey(Proposal, verbose_name="提案", on_delete=models.CASCADE, related_name="snapshots")
    occasion = models.CharField("场合", max_length=20)
    title = models.CharField("案由", max_length=100)
    situation = models.TextField("情况分析")
    suggestions = models.JSONField("具体建议")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="由谁", null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "文本存底"
        verbose_name_plural = "文本存底"
        ordering = ["proposal", "at"]

    def __str__(self) -> str:
        return f"{self.occasion} {self.at:%Y-%m-%d}"
